package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files on their way into the shop, and what stands in it when they do not get there. */
class AdminPanelUploadsDrill extends WorkingInTheAdminPanel {

    private String name;
    private long seed;

    @BeforeEach
    void files_of_its_own() {
        name = "upload" + UUID.randomUUID().toString().substring(0, 8);
        seed = UUID.randomUUID().getMostSignificantBits();
        panel.open("pictures");
    }

    @Test
    void whoever_works_in_the_list_by_keyboard_stays_where_he_is_when_one_arrives() {
        var there = picture(name + ".png", seed);
        panel.look(name);
        panel.awaitPictures(1);
        var release = panel.hold("**/api/assets");
        panel.upload(AdminPanel.png(name + "-late.png", seed + 1));
        panel.page()
                .getByRole(
                        AriaRole.CHECKBOX,
                        new Page.GetByRoleOptions().setName(name + ".png").setExact(true))
                .focus();
        release.run();
        panel.awaitPictures(2);
        assertThat(panel.placeOfTheFocus()).isEqualTo(there);
    }
}

package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is typed in the admin panel and not saved stays, whatever else is done on the page or elsewhere. */
class AdminPanelUnsavedDrill extends WorkingInTheAdminPanel {

    private String name;
    private String picture;

    @BeforeEach
    void a_picture_of_its_own() {
        name = "unsaved" + UUID.randomUUID().toString().substring(0, 8);
        picture = picture(name + ".png", UUID.randomUUID().getMostSignificantBits(), "first");
    }

    @Test
    void tags_of_a_picture_that_is_moved_to_the_trash() {
        panel.open("pictures/" + picture);
        panel.type("Tags", "typed");
        panel.press("Move to trash");
        panel.awaitButton("Restore");
        panel.press("Save tags");
        panel.awaitText("Tags of " + name + ".png saved.");
        assertThat(tags(picture)).containsExactlyInAnyOrder("first", "typed");
        assertThat(panel.alarms()).isEmpty();
    }

    @Test
    void tags_of_a_picture_that_is_left_and_opened_again() {
        panel.open("pictures/" + picture);
        panel.type("Tags", "typed");
        panel.go("pictures");
        panel.awaitPicture(name + ".png");
        panel.page().goBack();
        panel.awaitText("not saved are back.");
        panel.press("Save tags");
        panel.awaitText("Tags of " + name + ".png saved.");
        assertThat(tags(picture)).containsExactlyInAnyOrder("first", "typed");

        panel.open("pictures/" + picture);
        panel.awaitText("This file carries none.");
        assertThat(panel.shows("not saved are back.")).isFalse();
    }

    @Test
    void tags_typed_beyond_those_that_are_saved_after_the_picture_was_left() {
        panel.open("pictures/" + picture);
        var release = panel.hold("**/tags");
        panel.type("Tags", "sent");
        panel.press("Save tags");
        panel.type("Tags", "typed since");
        panel.go("pictures");
        panel.awaitPicture(name + ".png");
        release.run();
        panel.awaitText("Tags of " + name + ".png saved.");
        assertThat(tags(picture)).containsExactlyInAnyOrder("first", "sent");
        panel.page().goBack();
        panel.awaitText("not saved are back.");
        panel.press("Save tags");
        panel.awaitText("Tags of " + name + ".png saved.");
        panel.page().waitForCondition(() -> tags(picture).contains("typed since"));
        assertThat(tags(picture)).containsExactlyInAnyOrder("first", "sent", "typed since");
        assertThat(panel.alarms()).isEmpty();
    }

    @Test
    void the_last_words_before_a_product_is_left() {
        var sku = name.toUpperCase(Locale.ROOT);
        lamp(sku);
        panel.open("products/by-sku/" + sku);
        panel.page().evaluate("""
                () => {
                  const description = document.querySelector('form.product textarea');
                  description.value = 'The last words';
                  description.dispatchEvent(new Event('input', { bubbles: true }));
                  location.hash = '#/products';
                }""");
        panel.awaitText("New product");
        panel.page().goBack();
        panel.awaitText("is back.");
        assertThat(panel.typed("Description")).isEqualTo("The last words");
    }

    @Test
    void a_product_that_is_open_when_an_act_upon_many_is_taken_back() {
        var sku = name.toUpperCase(Locale.ROOT);
        lamp(sku);
        panel.open("pictures");
        panel.keepNotices();
        panel.choose(name + ".png");
        panel.press("Move to trash");
        panel.awaitText("1 picture moved to the trash.");
        panel.go("products/by-sku/" + sku);
        panel.type("Description", "Typed meanwhile");
        panel.page().locator("form.product").evaluate("form => { form.dataset.same = 'yes'; }");
        panel.press("Undo");
        panel.awaitText("1 picture restored.");
        assertThat(panel.page().locator("form.product[data-same=yes]").count())
                .as("forms that are still the one in which something was typed")
                .isOne();
        assertThat(panel.typed("Description")).isEqualTo("Typed meanwhile");
    }

    /** What is taken back beside the page is seen on it all the same. */
    @Test
    void a_list_that_is_open_when_an_act_upon_a_picture_is_taken_back_shows_it() {
        panel.open("pictures/" + picture);
        panel.keepNotices();
        panel.press("Move to trash");
        panel.awaitButton("Restore");
        panel.go("pictures?query=" + name);
        panel.awaitText("Nothing has “" + name + "” in its name or tags.");
        panel.press("Undo");
        panel.awaitPictures(1);
    }
}

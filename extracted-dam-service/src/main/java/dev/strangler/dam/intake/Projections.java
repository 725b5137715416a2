package dev.strangler.dam.intake;

import dev.strangler.dam.assets.AssetCopies;
import dev.strangler.dam.assets.ImageUses;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.Projection;
import dev.strangler.inbox.Rebuild;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** What can be dropped and rebuilt from the log, and by which intake. */
@Configuration(proxyBeanMethods = false)
class Projections {

    @Bean
    Rebuild assetsRebuild(
            AssetIntake intake, InboxSettings settings, DataSource database, PlatformTransactionManager transactions) {
        return new Rebuild(intake, new Projection(AssetCopies.TABLES, List.of()), settings, database, transactions);
    }

    @Bean
    Rebuild imageUseRebuild(
            ImageUseIntake intake,
            InboxSettings settings,
            DataSource database,
            PlatformTransactionManager transactions) {
        return new Rebuild(intake, new Projection(ImageUses.TABLES, List.of()), settings, database, transactions);
    }
}

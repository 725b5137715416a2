package dev.strangler.pim.intake;

import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.Projection;
import dev.strangler.inbox.Rebuild;
import dev.strangler.pim.assetlinks.AttachableImageCopies;
import dev.strangler.pim.products.ProductCopies;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** What can be dropped and rebuilt from the log, and by which intake. */
@Configuration(proxyBeanMethods = false)
class Projections {

    @Bean
    Rebuild productsRebuild(
            ProductIntake intake,
            InboxSettings settings,
            DataSource database,
            PlatformTransactionManager transactions) {
        return new Rebuild(intake, new Projection(ProductCopies.TABLES, List.of()), settings, database, transactions);
    }

    @Bean
    Rebuild attachableImagesRebuild(
            AttachableImageIntake intake,
            InboxSettings settings,
            DataSource database,
            PlatformTransactionManager transactions) {
        return new Rebuild(
                intake, new Projection(AttachableImageCopies.TABLES, List.of()), settings, database, transactions);
    }
}

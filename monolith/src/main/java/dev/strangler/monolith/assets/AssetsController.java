package dev.strangler.monolith.assets;

import dev.strangler.media.uploads.Owner;
import dev.strangler.media.uploads.ReceivingPictures;
import dev.strangler.media.uploads.Tags;
import dev.strangler.media.uploads.UploadForm;
import dev.strangler.side.Writes;
import dev.strangler.side.idempotency.Command;
import dev.strangler.side.idempotency.Idempotency;
import dev.strangler.side.idempotency.IfMatch;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.web.Listing;
import dev.strangler.side.web.Paging;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Assets over HTTP: commands named by intent, and lists. */
@RestController
@RequestMapping("/api/assets")
@Writes("assets")
class AssetsController {

    private static final int LONGEST_QUERY = 200;

    private final JpaAssets assets;
    private final ReceivingPictures receiving;
    private final UploadingAssets uploading;
    private final TaggingAssets tagging;
    private final TrashingAssets trashing;
    private final Idempotency idempotency;

    AssetsController(
            JpaAssets assets,
            ReceivingPictures receiving,
            UploadingAssets uploading,
            TaggingAssets tagging,
            TrashingAssets trashing,
            Idempotency idempotency) {
        this.assets = assets;
        this.receiving = receiving;
        this.uploading = uploading;
        this.tagging = tagging;
        this.trashing = trashing;
        this.idempotency = idempotency;
    }

    /** 201 with a new asset; 200 with the one that this owner has of the same bytes. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<byte[]> upload(
            MultipartHttpServletRequest request,
            @RequestHeader(name = "X-Owner", required = false) @Nullable String ownerHeader,
            Command command)
            throws IOException {
        var owner = Owner.of(ownerHeader);
        var form = UploadForm.of(request);
        try (var content = form.file().getInputStream();
                var picture = receiving.receive(owner, form.name(), form.file().getContentType(), content)) {
            receiving.keep(picture);
            var digested = command.withContent(
                    owner.name(),
                    form.name(),
                    picture.incoming().sha256(),
                    form.tags().values());
            return idempotency.once(digested, () -> uploaded(uploading.upload(picture, form.tags())));
        }
    }

    /** The assets of a status, newest first, whose file name or one of whose tags contains the query. */
    @GetMapping
    Listing<AssetAnswer> list(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "ACTIVE") Asset.Status status,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        if (query.length() > LONGEST_QUERY) {
            throw Refusal.invalid(
                    "query", "has %d characters, %d are allowed".formatted(query.length(), LONGEST_QUERY));
        }
        var paging = new Paging(page, size);
        return assets.list(status, query, PageRequest.of(paging.page(), paging.size()));
    }

    /** One asset, in use or in the trash. */
    @GetMapping("/{id}")
    ResponseEntity<AssetAnswer> one(@PathVariable UUID id) {
        var answer = assets.get(new AssetId(id));
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }

    /** Puts it into the trash. */
    @PostMapping("/{id}/trash")
    ResponseEntity<byte[]> trash(@PathVariable UUID id, Command command) {
        return changed(command, () -> trashing.trash(new AssetId(id), command.ifMatch()));
    }

    /** Takes it out of the trash. */
    @PostMapping("/{id}/untrash")
    ResponseEntity<byte[]> untrash(@PathVariable UUID id, Command command) {
        return changed(command, () -> trashing.untrash(new AssetId(id), command.ifMatch()));
    }

    /** Gives it these tags and no others. */
    @PutMapping("/{id}/tags")
    ResponseEntity<byte[]> tag(@PathVariable UUID id, @RequestBody TagsBody body, Command command) {
        var tags = body.checked();
        return changed(command, () -> tagging.tag(new AssetId(id), tags, command.ifMatch()));
    }

    private ResponseEntity<byte[]> changed(Command command, Supplier<Asset> change) {
        return idempotency.once(command, () -> {
            var asset = change.get();
            return written(ResponseEntity.ok(), asset);
        });
    }

    private static ResponseEntity<AssetAnswer> uploaded(UploadingAssets.Uploaded uploaded) {
        var asset = uploaded.asset();
        var answer = uploaded.isNew()
                ? ResponseEntity.created(URI.create("/api/assets/" + asset.id()))
                : ResponseEntity.ok();
        return written(answer, asset);
    }

    private static ResponseEntity<AssetAnswer> written(ResponseEntity.BodyBuilder answer, Asset asset) {
        return answer.eTag(IfMatch.tag(asset.version()))
                .header(Idempotency.WRITTEN, "Asset:" + asset.id() + ":" + asset.version())
                .body(AssetAnswer.of(asset));
    }

    /** The body of a command that replaces tags. */
    record TagsBody(@Nullable List<@Nullable String> tags) {

        Tags checked() {
            if (tags == null || tags.contains(null)) {
                throw Refusal.invalid("tags", "must be a list of texts; an empty one takes all tags away");
            }
            return Tags.of(tags);
        }
    }
}

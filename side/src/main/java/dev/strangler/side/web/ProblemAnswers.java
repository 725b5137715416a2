package dev.strangler.side.web;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong into a problem document: the client's mistakes named, ours logged and not shown. */
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    private final long largestUpload;

    /** @param largestUpload the limit of one uploaded file, in bytes */
    ProblemAnswers(long largestUpload) {
        this.largestUpload = largestUpload;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> refusal(Refusal refusal, WebRequest request) {
        return answer(refusal, Problems.of(refusal), retryAfter(refusal.kind()), request);
    }

    @ExceptionHandler(ConcurrencyFailureException.class)
    @Nullable
    ResponseEntity<Object> changedAtTheSameMoment(Exception failure, WebRequest request) {
        return refusal(
                Refusal.of(
                        Kind.BUSY,
                        "Somebody changed the same thing at this moment, so nothing of this request was done."
                                + " Read it again, then send the request again."),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> againstWhatIsThere(DataIntegrityViolationException failure, WebRequest request) {
        log.warn("A constraint of the database refused a request that the code let pass", failure);
        return refusal(
                Refusal.conflict("The request contradicts what is stored now, so nothing of it was done."
                        + " Read the current state and decide anew."),
                request);
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        QueryTimeoutException.class,
        TransientDataAccessException.class
    })
    @Nullable
    ResponseEntity<Object> databaseAway(Exception failure, WebRequest request) {
        log.warn("The database does not answer in time: {}", failure.toString());
        return refusal(
                Refusal.of(
                        Kind.UNAVAILABLE,
                        "The database does not answer in time, so it is not known whether this was done. Send the request"
                                + " again in a moment, with the same Idempotency-Key if it was a command."),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unreadableParts(MultipartException failure, WebRequest request) {
        return refusal(
                Refusal.of(
                        Kind.INVALID,
                        "The parts of the multipart body cannot be read: broken, too many, cut off, or with names that are too"
                                + " long or carry control characters. Send multipart/form-data with its boundary."),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unforeseen(Exception failure, WebRequest request) {
        var trouble = DatabaseTrouble.in(failure);
        if (trouble == DatabaseTrouble.LOCKED) {
            return changedAtTheSameMoment(failure, request);
        }
        if (trouble == DatabaseTrouble.AWAY) {
            return databaseAway(failure, request);
        }
        log.error("Unforeseen failure of {}", request.getDescription(false), failure);
        return answer(
                failure,
                Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-server-error",
                        "This side failed at the request; the cause is in its log."),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException failure, WebRequest request) {
        Class<?> required = failure.getRequiredType();
        String wanted = required == null ? "something else" : "of type " + required.getSimpleName();
        return refusal(Refusal.invalid(failure.getName(), "'" + failure.getValue() + "' must be " + wanted), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        // Spring takes a part's headers that are too long for content that is too large.
        if (failure.getRootCause() instanceof SizeException size && size.getPermittedSize() < largestUpload) {
            return unreadableParts(failure, request);
        }
        return refusal(
                Refusal.of(
                        Kind.TOO_LARGE,
                        String.format(
                                Locale.ROOT,
                                "The upload is larger than %,d bytes, which is the limit of a file. Scale the picture down.",
                                largestUpload)),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return refusal(UnreadableBody.refusal(failure), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var answer = super.handleExceptionInternal(failure, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem && problem.getType() == null) {
            Problems.dressed(problem, status);
        }
        return answer;
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception failure, ProblemDetail problem, HttpHeaders headers, WebRequest request) {
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(
                failure, problem, headers, HttpStatus.valueOf(problem.getStatus()), request);
    }

    private static HttpHeaders retryAfter(Kind kind) {
        var headers = new HttpHeaders();
        if (kind == Kind.BUSY || kind == Kind.UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return headers;
    }
}

package dev.strangler.pim.web;

import dev.strangler.pim.web.Refusal.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong into a problem document: the client's mistakes named, ours logged and not shown. */
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> refusal(Refusal refusal, WebRequest request) {
        var headers = new HttpHeaders();
        if (refusal.kind() == Kind.UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer(refusal, Problems.of(refusal), headers, request);
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
                        Kind.UNAVAILABLE, "The database does not answer in time. Send the request again in a moment."),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unforeseen(Exception failure, WebRequest request) {
        log.error("Unforeseen failure of {}", request.getDescription(false), failure);
        return answer(
                failure,
                Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-server-error",
                        "The shop failed at this request; the cause is in its log."),
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
}

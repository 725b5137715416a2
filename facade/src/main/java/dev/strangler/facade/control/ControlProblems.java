package dev.strangler.facade.control;

import dev.strangler.cutover.FenceHasMoved;
import dev.strangler.cutover.FenceHeld;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.RouteHasChanged;
import dev.strangler.cutover.workflow.LeaseLost;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.PlanRefused;
import dev.strangler.cutover.workflow.StepFailed;
import dev.strangler.facade.data.CopyGivenUp;
import dev.strangler.facade.moving.NothingToDo;
import dev.strangler.facade.moving.Sealing;
import dev.strangler.facade.moving.TooLate;
import dev.strangler.facade.routes.MovingReads;
import dev.strangler.facade.sides.SideDatabaseAway;
import dev.strangler.outbox.relay.ConnectFailure;
import dev.strangler.outbox.relay.RelayRefused;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.ExceptionHandlerMethodResolver;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Says in a problem document what was refused or failed. */
@RestControllerAdvice
public class ControlProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ControlProblems.class);
    private static final ExceptionHandlerMethodResolver HANDLERS =
            new ExceptionHandlerMethodResolver(ControlProblems.class);

    /** What this failure of a request would be answered with. */
    public ProblemDetail of(RuntimeException failure) {
        var handler = HANDLERS.resolveMethod(failure);
        if (handler != null && handler.getReturnType() == ProblemDetail.class) {
            ReflectionUtils.makeAccessible(handler);
            return (ProblemDetail) Objects.requireNonNull(ReflectionUtils.invokeMethod(handler, this, failure));
        }
        return unforeseen(failure);
    }

    @ExceptionHandler
    ProblemDetail refusal(ControlRefusal refusal) {
        return problem(refusal.status(), refusal.slug(), String.valueOf(refusal.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail lateOperator(RouteHasChanged late) {
        var problem = problem(HttpStatus.CONFLICT, "route-has-changed", String.valueOf(late.getMessage()));
        problem.setProperty("route", RouteView.of(late.current()));
        return problem;
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        org.springframework.transaction.CannotCreateTransactionException.class
    })
    ProblemDetail databaseAway(Exception away) {
        for (Throwable cause = away; cause != null; cause = cause.getCause()) {
            if (cause instanceof SideDatabaseAway side) {
                return sideAway(side);
            }
        }
        log.warn("The control database can't be reached: {}", away.toString());
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "control-database-away",
                "The control database can't be reached, so nothing was changed. The routes in force stay. Try again when it is back.");
    }

    /** It may have been asked in the middle of something. */
    private static ProblemDetail sideAway(SideDatabaseAway away) {
        log.warn("{}", away.getMessage());
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "side-database-away",
                "The database of %s can't be reached. What was done before it was asked stands. Start it, look at the feature with doctor, and try again."
                        .formatted(away.side()));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ProblemDetail databaseFailed(Exception failure) {
        log.warn("A database failed in the middle of a request", failure);
        return problem(
                HttpStatus.GATEWAY_TIMEOUT,
                "outcome-unknown",
                "A database failed before it had confirmed, so this may or may not have been done. Look at the feature"
                        + " before you repeat it.");
    }

    @ExceptionHandler
    ProblemDetail planRefused(PlanRefused refused) {
        var problem = problem(HttpStatus.CONFLICT, "plan-refused", String.valueOf(refused.getMessage()));
        problem.setProperty("plan", OperationView.PlanView.of(refused.plan()));
        return problem;
    }

    @ExceptionHandler({
        Operations.AnotherOperation.class,
        Phases.PhaseHasChanged.class,
        NothingToDo.class,
        TooLate.class,
        Sealing.SealRefused.class,
        MovingReads.OutOfDate.class,
        CopyGivenUp.class,
        StepFailed.class,
        FenceHeld.class,
        FenceHasMoved.class,
        LeaseLost.class
    })
    ProblemDetail handoverRefused(RuntimeException refused) {
        return problem(HttpStatus.CONFLICT, "handover-refused", String.valueOf(refused.getMessage()));
    }

    @ExceptionHandler({RelayRefused.class, ConnectFailure.class})
    ProblemDetail relay(RuntimeException refused) {
        return problem(HttpStatus.CONFLICT, "relay-refused", String.valueOf(refused.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail unforeseen(Exception failure) {
        log.error("Unforeseen failure of the control API", failure);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-server-error",
                "The control API failed at this request; the cause is in the façade's log.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var lines = String.valueOf(failure.getMostSpecificCause().getMessage()).lines();
        var detail = "The body can't be read: %s. Correct it."
                .formatted(lines.findFirst().orElse("no reason given"));
        return ResponseEntity.badRequest().body(problem(HttpStatus.BAD_REQUEST, "bad-request", detail));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var answer = super.handleExceptionInternal(failure, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
            var known = HttpStatus.resolve(status.value());
            problem.setType(type(
                    known == null
                            ? "error"
                            : known.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        return answer;
    }

    private static ProblemDetail problem(HttpStatus status, String slug, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(slug));
        problem.setTitle(
                Character.toUpperCase(slug.charAt(0)) + slug.substring(1).replace('-', ' '));
        return problem;
    }

    private static URI type(String slug) {
        return URI.create("urn:strangler:problem:" + slug);
    }
}

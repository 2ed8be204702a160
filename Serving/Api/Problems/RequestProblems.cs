using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using Serving.Api.Telemetry;

namespace Serving.Api.Problems;

/// <summary>Turns what a request can fail by into problem details; anything else is our defect and stays a 500 without details.</summary>
internal sealed class RequestProblems(IProblemDetailsService problems, ILogger<RequestProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Describe(exception) is not var (status, title, detail))
            return false;
        if (exception is NpgsqlException or TimeoutException && !NotBuiltYet(exception))
            Log.WarehouseFailed(logger, (exception as PostgresException)?.MessageText ?? exception.Message);

        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = status, Title = title, Detail = detail },
        });
    }

    private static (int Status, string Title, string Detail)? Describe(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => (large.StatusCode, "Request too large", large.Message),
        BadHttpRequestException bad => (bad.StatusCode, "Malformed request", bad.Message),
        _ when NotBuiltYet(exception) =>
            (StatusCodes.Status503ServiceUnavailable, "Not built yet", "The warehouse has no such table yet; try again once the models are built and a training has ended."),
        NpgsqlException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, "The warehouse cannot answer", "Try again in a while."),
        _ => null,
    };

    private static bool NotBuiltYet(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName };
}

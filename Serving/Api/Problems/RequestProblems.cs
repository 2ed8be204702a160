using Microsoft.AspNetCore.Diagnostics;
using Serving.Api.Reads;

namespace Serving.Api.Problems;

/// <summary>Turns what a request can fail by into problem details; anything else is our defect and stays a 500 without details.</summary>
internal sealed class RequestProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Describe(exception) is not var (status, title, detail))
            return false;

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
        WarehouseException { Fault: WarehouseFault.NotBuilt } =>
            (StatusCodes.Status503ServiceUnavailable, "Not built yet",
                "The warehouse has no such table yet; try again once the models are built and a training has ended."),
        WarehouseException { Fault: WarehouseFault.Mismatch } mismatch =>
            (StatusCodes.Status503ServiceUnavailable, "The warehouse does not fit this program",
                $"Trying again will not help until the models of the deployed version are built: {mismatch.Message.TrimEnd('.')}."),
        WarehouseException => (StatusCodes.Status503ServiceUnavailable, "The warehouse cannot answer", "Try again in a while."),
        _ => null,
    };
}

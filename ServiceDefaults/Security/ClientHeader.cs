using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Security;

/// <summary>
/// Keeps a page of another site, open in a browser on this machine, from changing anything here: a browser lets it send a request of
/// its own accord, but not with a header that the service has not agreed to
/// (https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#employing-custom-request-headers-for-ajaxapi).
/// </summary>
public static class ClientHeader
{
    /// <summary>Its value says who asks, and is not checked.</summary>
    public const string Name = "X-Leadline-Client";

    /// <summary>Answers 403 where the header is missing, or the request says that it comes from a page of another origin.</summary>
    public static TBuilder RequireClientHeader<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (context, next) => Refusal(context.HttpContext.Request) is { } reason
            ? TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden, title: "Request refused")
            : await next(context));

    private static string? Refusal(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            return "The request comes from a page of another origin.";
        return string.IsNullOrWhiteSpace(request.Headers[Name])
            ? $"Send the header '{Name}' with the name of your program: curl -X POST -H '{Name}: curl' {request.Path}."
            : null;
    }
}

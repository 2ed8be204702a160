using Serving.Api.Configuration;

namespace Serving.Api.Access;

/// <summary>Asks for a key outside Development.</summary>
internal static class ScopeFilter
{
    private const string CallerItem = "leadline.caller";

    /// <summary>Answers 401 without a key, 403 where it is not good for this, and 429 where it has asked too often.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, ApiScope scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (http.RequestServices.GetRequiredService<ApiAccess>().Refuse(http.Request, scope, out var caller) is not { } refusal)
            {
                http.Items[CallerItem] = caller;
                return await next(context);
            }

            if (refusal.Status == StatusCodes.Status401Unauthorized)
                http.Response.Headers.WWWAuthenticate = "Bearer";
            if (refusal.RetryAfter is { } seconds)
                http.Response.Headers.RetryAfter = seconds;
            return TypedResults.Problem(refusal.Reason, statusCode: refusal.Status, title: "Request refused");
        });

    /// <summary>Who asks, for the log.</summary>
    public static string Caller(this HttpContext context) => context.Items[CallerItem] as string ?? "somebody";
}

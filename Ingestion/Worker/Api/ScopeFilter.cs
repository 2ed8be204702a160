using Ingestion.Worker.Settings;

namespace Ingestion.Worker.Api;

/// <summary>Asks for a key outside Development.</summary>
internal static class ScopeFilter
{
    /// <summary>Answers 401 without a key, and 403 where its scope is too small.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, ApiScope scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (http.RequestServices.GetRequiredService<ApiKeys>().Refusal(http.Request, scope) is not { } refusal)
                return await next(context);

            if (refusal.Status == StatusCodes.Status401Unauthorized)
                http.Response.Headers.WWWAuthenticate = "Bearer";
            return TypedResults.Problem(refusal.Reason, statusCode: refusal.Status, title: "Request refused");
        });
}

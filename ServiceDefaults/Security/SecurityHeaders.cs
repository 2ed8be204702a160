using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Security;

/// <summary>
/// Gives every answer the headers that keep a browser from running, framing or sniffing it
/// (https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html). An endpoint that serves pages sets its own policy.
/// </summary>
internal sealed class SecurityHeaders : IStartupFilter
{
    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            // the last moment: error handling clears what was set before it
            context.Response.OnStarting(Add, context.Response);
            return following(context);
        });
        next(app);
    };

    private static Task Add(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        foreach (var (name, value) in s_headers)
            headers.TryAdd(name, value);
        return Task.CompletedTask;
    }
}

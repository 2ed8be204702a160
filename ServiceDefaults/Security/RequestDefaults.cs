using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Security;

/// <summary>What every request and answer of a service is held to.</summary>
internal static class RequestDefaults
{
    /// <summary>https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/host-filtering</summary>
    private const string AllowedHostsSetting = "AllowedHosts";

    private static readonly string[] s_thisMachine = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Answers only the hosts of <c>AllowedHosts</c>, by default the names of this machine's loopback address: another name that leads
    /// here comes from a page whose address was pointed at this machine. Adds security headers, and hides the server's name.
    /// </summary>
    public static void AddRequestDefaults(this IHostApplicationBuilder builder)
    {
        var hosts = builder.Configuration[AllowedHostsSetting];
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = string.IsNullOrWhiteSpace(hosts)
            ? s_thisMachine
            : hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        builder.Services.AddTransient<IStartupFilter, SecurityHeaders>();
    }
}

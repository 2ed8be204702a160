using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Models.Postgres.Clusters;

namespace AppHost.Launch;

/// <summary>
/// Gives the dashboard ports that are free: the ones of the launch profile, and others where there is no profile or another
/// application runs on them.
/// </summary>
internal static class DashboardPorts
{
    private const string FrontEnd = "ASPNETCORE_URLS";
    private const string Telemetry = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string AllowHttp = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    public static void Choose(IConfigurationManager configuration)
    {
        var settings = new Dictionary<string, string?>();
        if (configuration[FrontEnd] is null)
            settings[AllowHttp] = "true";

        foreach (var name in (string[])[FrontEnd, Telemetry])
            settings[name] = string.Join(';', (configuration[name] ?? "http://localhost:0").Split(';').Select(Free));

        configuration.AddInMemoryCollection(settings);
    }

    private static string Free(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || IsFree(address.Port))
            return url;

        return new UriBuilder(address) { Port = FreePort.Find() }.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static bool IsFree(int port)
    {
        if (port == 0)
            return false;

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

namespace Ingestion.Worker.Api;

/// <summary>Where the service listens when nobody says so.</summary>
internal static class LoopbackBinding
{
    private const string DefaultPort = "5000";

    /// <summary>
    /// Listens on this machine's loopback address where no address is given: a port alone, which container images set, would be open to
    /// the network.
    /// </summary>
    public static WebApplicationBuilder ListenOnLoopback(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrWhiteSpace(configuration[WebHostDefaults.ServerUrlsKey]) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            var ports = configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 } given ? given : DefaultPort;
            builder.WebHost.UseUrls(
                [.. ports.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"http://localhost:{port}")]);
        }

        return builder;
    }
}

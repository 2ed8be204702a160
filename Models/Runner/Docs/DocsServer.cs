using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Models.Database;

namespace Models.Runner.Docs;

/// <summary>Serves the documentation and its artifacts.</summary>
internal sealed class DocsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private DocsServer(string folder, string host, int port)
    {
        var isLocal = host is "127.0.0.1" or "localhost" or "::1" or "";
        Address = $"http://{(isLocal || host == "0.0.0.0" ? "localhost" : host)}:{port}/";
        // the empty builder reads no settings from the environment or from the current folder
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, isLocal, host, port));
        _application = builder.Build();
        _application.Run(new DocsAnswer(folder, isLocal).WriteAsync);
    }

    public string Address { get; }

    /// <param name="folder">The folder of the artifacts.</param>
    /// <param name="host">The name or address to listen on; <c>127.0.0.1</c> for this machine only, <c>0.0.0.0</c> for all interfaces.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Stops the server.</param>
    /// <exception cref="RunException">The name is not an address of this machine, or the port is in use.</exception>
    public static async Task<DocsServer> StartAsync(string folder, string host, int port, CancellationToken cancellationToken)
    {
        DocsServer? server = null;
        try
        {
            server = new DocsServer(folder, host, port);
            await server._application.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            if (server is not null)
                await server.DisposeAsync();
            throw new RunException($"Cannot listen on {host}:{port}: {refused.Message.TrimEnd('.')}. Choose another --port, or another --host.", refused);
        }
    }

    /// <summary>Serves until <paramref name="cancellationToken"/> stops it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _application.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, bool isLocal, string host, int port)
    {
        kestrel.AddServerHeader = false;
        if (isLocal)
            kestrel.ListenLocalhost(port);
        else if (host == "0.0.0.0")
            kestrel.ListenAnyIP(port);
        else if (IPAddress.TryParse(host, out var address))
            kestrel.Listen(address, port);
        else
            Array.ForEach(Dns.GetHostAddresses(host), found => kestrel.Listen(found, port));
    }
}

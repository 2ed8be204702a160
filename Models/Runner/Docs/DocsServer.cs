using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Models.Database;

namespace Models.Runner.Docs;

/// <summary>Serves the documentation and the artifacts that it shows.</summary>
internal sealed class DocsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private DocsServer(string folder, string host, int port)
    {
        var isLocal = host is "127.0.0.1" or "localhost" or "::1" or "";
        Address = $"http://{(isLocal || host == "0.0.0.0" ? "localhost" : host)}:{port}/";
        // the empty builder takes no settings from the environment or from the folder it is started in
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, isLocal, host, port));
        _application = builder.Build();
        _application.Run(new DocsAnswer(folder, isLocal).WriteAsync);
    }

    public string Address { get; }

    /// <param name="folder">Where the artifacts are.</param>
    /// <param name="host">The name or address to listen under; <c>127.0.0.1</c> is this machine alone, <c>0.0.0.0</c> everywhere.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RunException">The name means no address of this machine, or the port is taken.</exception>
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
            throw new RunException($"{host}:{port} cannot be listened on: {refused.Message.TrimEnd('.')}. Choose another --port, or another --host.", refused);
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

using System.Net;
using System.Text;

namespace Models.Runner.Docs;

/// <summary>Serves the documentation and the artifacts that it shows.</summary>
internal sealed class DocsServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;

    private DocsServer(string folder, string host, int port)
    {
        _folder = folder;
        Address = $"http://{(host is "127.0.0.1" or "0.0.0.0" or "" ? "localhost" : host)}:{port}/";
        _listener.Prefixes.Add(host == "0.0.0.0" ? $"http://*:{port}/" : Address);
    }

    public string Address { get; }

    /// <param name="folder">Where the artifacts are.</param>
    /// <param name="host">The name to listen under; <c>127.0.0.1</c> is this machine alone, <c>0.0.0.0</c> everywhere.</param>
    /// <param name="port">The port.</param>
    /// <exception cref="RunException">The port is taken.</exception>
    public static DocsServer Start(string folder, string host, int port)
    {
        var server = new DocsServer(folder, host, port);
        try
        {
            server._listener.Start();
            return server;
        }
        catch (HttpListenerException taken)
        {
            server.Dispose();
            throw new RunException($"Port {port} cannot be listened on: {taken.Message}. Choose another with --port.", taken);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stop = cancellationToken.Register(_listener.Stop);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
                await AnswerAsync(await _listener.GetContextAsync(), cancellationToken);
        }
        catch (Exception stopped) when (cancellationToken.IsCancellationRequested && stopped is HttpListenerException or ObjectDisposedException)
        {
            // the listener ends its wait this way when it is stopped
        }
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(HttpListenerContext request, CancellationToken cancellationToken)
    {
        var name = request.Request.Url?.AbsolutePath.TrimStart('/') ?? "";
        var response = request.Response;
        byte[] body = [];
        if (name is "" or "index.html")
        {
            response.ContentType = "text/html; charset=utf-8";
            body = Encoding.UTF8.GetBytes(DocsSite.Page());
        }
        else if (DocsSite.Files.Contains(name) && File.Exists(Path.Combine(_folder, name)))
        {
            response.ContentType = "application/json";
            body = await File.ReadAllBytesAsync(Path.Combine(_folder, name), cancellationToken);
        }
        else
        {
            response.StatusCode = 404;
        }

        try
        {
            response.Headers["Cache-Control"] = "no-store";
            response.ContentLength64 = body.Length;
            if (request.Request.HttpMethod != "HEAD")
                await response.OutputStream.WriteAsync(body, cancellationToken);
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException)
        {
            // who asked did not wait for the answer
        }
    }
}

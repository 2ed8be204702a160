using System.Net;
using System.Text;
using Models.Compiler;

namespace Models.Runner.Docs;

/// <summary>Serves one page that shows the project, and the artifacts beside it, to this machine alone.</summary>
internal sealed class DocsServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ParsedProject _project;

    private DocsServer(ParsedProject project, int port)
    {
        _project = project;
        Address = $"http://localhost:{port}/";
        _listener.Prefixes.Add(Address);
    }

    public string Address { get; }

    /// <exception cref="RunException">The port is taken.</exception>
    public static DocsServer Start(ParsedProject project, int port)
    {
        var server = new DocsServer(project, port);
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
        byte[] body;
        if (name.Length == 0)
        {
            response.ContentType = "text/html; charset=utf-8";
            body = Encoding.UTF8.GetBytes(DocsPage.Render(_project));
        }
        else if (name is "manifest.json" or "catalog.json" or "run_results.json" && File.Exists(Path.Combine(_project.TargetPath, name)))
        {
            response.ContentType = "application/json";
            body = await File.ReadAllBytesAsync(Path.Combine(_project.TargetPath, name), cancellationToken);
        }
        else
        {
            response.StatusCode = 404;
            body = [];
        }

        await response.OutputStream.WriteAsync(body, cancellationToken);
        response.Close();
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Models.Runner.Docs;

/// <summary>Handles requests to the documentation server: the page, its artifacts, and nothing else.</summary>
/// <param name="folder">The folder of the artifacts.</param>
/// <param name="isLocal">True to accept only requests for local host names, so that a page of another site cannot read the data through DNS rebinding.</param>
internal sealed partial class DocsAnswer(string folder, bool isLocal)
{
    private readonly byte[] _page = Encoding.UTF8.GetBytes(DocsSite.Page());
    private readonly string _policy = Policy(DocsSite.Page());

    public async Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = _policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var name = request.Path.Value?.TrimStart('/') ?? "";
        if (isLocal && request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
        }
        else if (name is "" or "index.html")
        {
            response.ContentType = "text/html; charset=utf-8";
            response.ContentLength = _page.Length;
            if (HttpMethods.IsGet(request.Method))
                await response.Body.WriteAsync(_page, context.RequestAborted);
        }
        else if (DocsSite.Files.Contains(name) && new FileInfo(Path.Combine(folder, name)) is { Exists: true } file)
        {
            response.ContentType = "application/json";
            response.ContentLength = file.Length;
            if (HttpMethods.IsGet(request.Method))
                await response.SendFileAsync(file.FullName, context.RequestAborted);
        }
        else
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>The content security policy: the page may run its own scripts and styles, identified by hash, and fetch data from this server.</summary>
    private static string Policy(string page)
    {
        var scripts = Hashes(Scripts().Matches(page));
        var styles = Hashes(Styles().Matches(page));
        return $"default-src 'none'; script-src {scripts}; style-src {styles}; connect-src 'self'; img-src 'self' data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static string Hashes(MatchCollection blocks) =>
        string.Join(' ', blocks.Select(
            b => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(b.Groups["block"].Value.ReplaceLineEndings("\n"))))}'"));

    [GeneratedRegex("<script>(?<block>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<style>(?<block>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();
}

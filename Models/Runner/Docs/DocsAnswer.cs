using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Models.Runner.Docs;

/// <summary>What the documentation's server answers: the page, the artifacts it asks for, and nothing else.</summary>
/// <param name="folder">Where the artifacts are.</param>
/// <param name="isLocal">True where only this machine is answered: a page of another site must not read it under a name of its own.</param>
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

    /// <summary>The page may run its own scripts and styles, which are named by their hashes, and ask this server for data.</summary>
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

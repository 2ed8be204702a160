using System.Collections.Concurrent;
using System.Security;
using Ingestion.Connectors.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Ingestion.Connectors.Tests.Stores;

/// <summary>
/// The part of S3's protocol that loads use, on a port of this machine: ListObjectsV2 in pages of two, and GetObject. It checks that requests are signed
/// with the key, not the signature. Source: Amazon S3 API Reference.
/// </summary>
internal sealed class S3Server : IAsyncDisposable
{
    private ApiServer _server = null!;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = [];

    public string Connection => $"Endpoint={_server.Url};Bucket=exports;AccessKey=reader;SecretKey=s3cret-of-the-reader";

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        server._server = await ApiServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimStart('/').Split('/', 2);
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("AWS4-HMAC-SHA256 Credential=reader/", StringComparison.Ordinal))
            await FailAsync(context, 403, "InvalidAccessKeyId", "The key is unknown.");
        else if (path[0] != "exports")
            await FailAsync(context, 404, "NoSuchBucket", "The bucket does not exist.");
        else if (context.Request.Query["list-type"] == "2")
            await ListAsync(context);
        else if (Objects.TryGetValue(Uri.UnescapeDataString(path[^1]), out var content))
            await context.Response.Body.WriteAsync(content);
        else
            await FailAsync(context, 404, "NoSuchKey", "The object does not exist.");
    }

    private async Task ListAsync(HttpContext context)
    {
        const int PageSize = 2;
        var prefix = context.Request.Query["prefix"].ToString();
        var after = context.Request.Query["continuation-token"].ToString();
        var left = Objects.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(k, after) > 0)
            .Order(StringComparer.Ordinal).ToList();
        var page = left.Take(PageSize).ToList();
        var isTruncated = left.Count > PageSize;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>exports</Name>" +
            $"<IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>" +
            (isTruncated ? $"<NextContinuationToken>{SecurityElement.Escape(page[^1])}</NextContinuationToken>" : "") +
            string.Concat(page.Select(k => $"<Contents><Key>{SecurityElement.Escape(k)}</Key><Size>{Objects[k].Length}</Size></Contents>")) +
            "</ListBucketResult>");
    }

    private static async Task FailAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>{message}</Message></Error>");
    }
}

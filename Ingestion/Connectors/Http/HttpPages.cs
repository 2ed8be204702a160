using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Http;

/// <summary>Requests the pages of an API from the first to the last.</summary>
internal sealed class HttpPages(Contract contract, HttpOptions options, HttpCalls calls, string? since)
{
    private static readonly JsonWriterOptions AsTheyAre = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string CursorPlace = "{cursor}";

    private readonly HttpPaging _paging = options.Paging;

    /// <summary>Returns all records, each as JSON on one line.</summary>
    /// <exception cref="DiagnosticException">The API rejects a request, its response does not match the contract, or there are too many pages.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>();
        var address = FirstAddress();
        long records = 0;
        for (var page = 1; address is not null; page++)
        {
            if (page > _paging.MaxPages)
                throw Fail($"it has more than {_paging.MaxPages} pages; is 'paging' right? If so, raise 'max_pages'");

            var answer = await calls.GetAsync(address, cancellationToken);
            using var json = Parse(answer.Body, page);
            var items = Find(json.RootElement, options.Records);
            if (items is not { ValueKind: JsonValueKind.Array } array)
                throw Fail($"page {page} has no array at '{options.Records}'; correct 'records'");

            var before = records;
            foreach (var item in array.EnumerateArray())
            {
                records++;
                line.Clear();
                using (var writer = new Utf8JsonWriter(line, AsTheyAre))
                    Write(writer, item, page);
                yield return line.WrittenMemory;
            }

            var next = NextAddress(json.RootElement, answer.Link, address, page, records, isEmpty: records == before);
            if (next == address)
                throw Fail($"page {page} leads to itself, so that its pages have no end");

            address = next;
        }
    }

    private Uri FirstAddress()
    {
        var query = options.Query.Where(p => since is not null || !p.Value.Contains(CursorPlace, StringComparison.Ordinal));
        var address = query.Aggregate(options.Url, (url, p) => With(url, p.Key, p.Value.Replace(CursorPlace, since, StringComparison.Ordinal)));
        return _paging.Kind is HttpPagingKind.Offset or HttpPagingKind.Page ? With(address, _paging.Parameter, Number(_paging.Start)) : address;
    }

    private Uri? NextAddress(JsonElement root, string? link, Uri address, int page, long records, bool isEmpty) => _paging.Kind switch
    {
        HttpPagingKind.Link when _paging.Next.Length == 0 => Follow(link, address),
        HttpPagingKind.Link => Follow(Text(root), address),
        HttpPagingKind.Cursor => Text(root) is { } cursor ? With(address, _paging.Parameter, cursor) : null,
        HttpPagingKind.Offset when !isEmpty => With(address, _paging.Parameter, Number(_paging.Start + records)),
        HttpPagingKind.Page when !isEmpty => With(address, _paging.Parameter, Number(_paging.Start + page)),
        _ => null,
    };

    /// <summary>The next page's address. Other hosts are rejected, because requests contain a secret.</summary>
    private Uri? Follow(string? link, Uri address)
    {
        if (link is null)
            return null;
        if (!Uri.TryCreate(address, link, out var next))
            throw Fail("the address of its next page is none");

        return Uri.Compare(next, options.Url, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? next
            : throw Fail($"its next page is at another place, {next.GetLeftPart(UriPartial.Authority)}; secrets are not sent there");
    }

    private string? Text(JsonElement root) => Find(root, _paging.Next) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } found => found,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private JsonDocument Parse(byte[] body, int page)
    {
        try
        {
            return JsonDocument.Parse(body, JsonDepth.Document);
        }
        catch (JsonException exception)
        {
            throw Fail($"page {page} {JsonDepth.Problem(exception) ?? "is not valid json"}", exception);
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement item, int page)
    {
        try
        {
            item.WriteTo(writer);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw Fail($"a text of page {page} has half a character (a lone surrogate)", exception);
        }
    }

    private static JsonElement? Find(JsonElement element, string path)
    {
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    /// <summary>Sets a query parameter of the address.</summary>
    private static Uri With(Uri address, string name, string value)
    {
        var kept = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => Uri.UnescapeDataString(p.Split('=', 2)[0]) != name);
        return new UriBuilder(address) { Query = string.Join('&', kept.Append($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}")) }.Uri;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private DiagnosticException Fail(string reason, Exception? inner = null) =>
        new(IngestionDiagnostics.FailedApi(HttpCalls.Shown(options.Url), reason, contract.Span.File), inner);
}

using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>Reads the request that a step sends.</summary>
internal static class CallReader
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Null where it has no address, which was reported.</summary>
    public static StepCall? Read(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        map.RequiredText("url", "https://example.com/refresh");
        var url = ReadAddress(map, "url", file, diagnostics);
        var method = map.Text("method") ?? "POST";
        if (!s_methods.Contains(method))
            map.ReportShape(map.Find("method")!, "method", $"one of {string.Join(", ", s_methods)}");

        var call = new StepCall(url ?? new Uri("about:blank"), method, map.Pairs("headers"), map.Text("body") ?? "", map.Text("secret") ?? "");
        map.ReportUnknownKeys();
        return url is null ? null : call;
    }

    /// <summary>The address of a key; null where it is not there, or was reported.</summary>
    public static Uri? ReadAddress(YamlMap map, string key, string file, DiagnosticBag diagnostics)
    {
        if (map.Text(key) is not { Length: > 0 } text)
            return null;

        var span = YamlMap.SpanOf(map.Find(key)!, file);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            diagnostics.Add(PipelineDiagnostics.BadAddress(span, text));
        else if (address.UserInfo.Length > 0)
            diagnostics.Add(PipelineDiagnostics.AddressWithPassword(span, address.Host));
        else
            return address;

        return null;
    }
}

using System.Security.Cryptography;

namespace Serving.Console.Assets;

/// <summary>The console's own style sheet, script and icon. An address holds a hash of the content, so that browsers may keep it for ever.</summary>
internal static class ConsoleAssets
{
    private const string Folder = "/console/assets";

    public static ConsoleAsset Style { get; } = Load("console.css", "text/css");

    public static ConsoleAsset Script { get; } = Load("console.js", "text/javascript");

    public static ConsoleAsset Icon { get; } = Load("icon.svg", "image/svg+xml");

    public static IReadOnlyList<ConsoleAsset> All => [Style, Script, Icon];

    private static ConsoleAsset Load(string name, string type)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream($"Serving.Console.Assets.{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
        return new ConsoleAsset($"{Folder}/{hash}/{name}", type, content);
    }
}

internal sealed record ConsoleAsset(string Path, string ContentType, byte[] Content);

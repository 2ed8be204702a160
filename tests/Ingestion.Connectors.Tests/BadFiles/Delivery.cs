using System.Text;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>A file as it lies in the data folder when its contract is loaded, and what that load must end in.</summary>
/// <param name="Content">The bytes of the file.</param>
/// <param name="Records">The records in the file; null where it cannot be read to its end, or need not be.</param>
/// <param name="Loaded">The records that the load adds to the raw table.</param>
/// <param name="Reasons">A line for each quarantined record: where it starts, and what is wrong with it.</param>
/// <param name="Refusal">The beginning of the message of a load that fails, from the file's name; null for one that does not.</param>
internal sealed record Delivery(byte[] Content, int? Records, int Loaded, IReadOnlyList<string> Reasons, string? Refusal)
{
    public const string FirstName = "data";

    /// <summary>The file's name. A file of an earlier delivery with another name is gone unless <see cref="KeepsOthers"/>.</summary>
    public string Name { get; init; } = FirstName;

    public bool KeepsOthers { get; init; }

    /// <summary>A load that says that the same content was loaded before.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The records that are loaded or quarantined.</summary>
    public static Delivery Of(string text, int records, int loaded, params string[] reasons) => Of(Encoding.UTF8.GetBytes(text), records, loaded, reasons);

    public static Delivery Of(byte[] content, int records, int loaded, params string[] reasons) => new(content, records, loaded, reasons, Refusal: null);

    /// <summary>A load that fails and writes nothing.</summary>
    public static Delivery Refused(string text, string message) => Refused(Encoding.UTF8.GetBytes(text), message);

    public static Delivery Refused(byte[] content, string message) => new(content, Records: null, Loaded: 0, [], message);

    /// <summary>A load that finds its content loaded.</summary>
    public static Delivery Known(string text) => new(Encoding.UTF8.GetBytes(text), Records: null, Loaded: 0, [], Refusal: null) { IsKnown = true };
}

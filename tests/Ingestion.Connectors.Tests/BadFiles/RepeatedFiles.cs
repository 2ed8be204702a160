using static Ingestion.Connectors.Tests.BadFiles.Delivery;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>Good files that are delivered again, or changed after they were loaded.</summary>
internal static class RepeatedFiles
{
    private const string Old = "id,name\n1,Ann\n2,Bob\n";
    private const string Grown = "id,name\n1,Ann\n2,Bob\n3,Cid\n";
    private const string Shorter = "id,name\n1,Ann\n";
    private const string Other = "id,name\n7,Gus\n8,Hal\n9,Ivy\n";

    public static IReadOnlyList<BadFile> All { get; } =
    [
        new("delivered twice", "csv", Of(Old, records: 2, loaded: 2), Known(Old)),
        new("delivered twice, with another name", "csv", Of(Old, records: 2, loaded: 2), Known(Old) with { Name = "data2",
            KeepsOthers = true }) { File = "data*" },
        new("renamed", "csv", Of(Old, records: 2, loaded: 2), Known(Old) with { Name = "data2" }) { File = "data*" },
        new("renamed and changed", "csv", Of(Old, records: 2, loaded: 2), Of(Grown, records: 3, loaded: 3) with { Name = "data2" }) { File = "data*" },
        new("grown at the end", "csv", Of(Old, records: 2, loaded: 2), Of(Grown, records: 3, loaded: 3), Known(Grown)),
        new("grown at the end, with a cursor", "csv", Of(Old, records: 2, loaded: 2), Of(Grown, records: 1, loaded: 1), Known(Grown))
            { Rest = "cursor: id\nsync_mode: incremental_append" },
        new("cut at a line", "csv", Of(Grown, records: 3, loaded: 3), Of(Shorter, records: 1, loaded: 1)),
        new("cut at a line, with a cursor", "csv", Of(Grown, records: 3, loaded: 3), Of(Shorter, records: 0, loaded: 0))
            { Rest = "cursor: id\nsync_mode: incremental_append" },
        new("cut to a header", "csv", Of(Grown, records: 3, loaded: 3), Refused("id,name\n", "people.yml(1,7): error MDL6224: 'data' has 0 rows to load,"),
            Known(Grown)),
        new("replaced by another file of its name", "csv", Of(Old, records: 2, loaded: 2), Of(Other, records: 3, loaded: 3)),
        new("put back after a change", "csv", Of(Old, records: 2, loaded: 2), Of(Other, records: 3, loaded: 3), Of(Old, records: 2, loaded: 2), Known(Old)),
        new("put back after a failure", "csv", Of(Old, records: 2, loaded: 2), Refused("nothing\nuseful\n", "data(1,1): error MDL6209: "), Known(Old)),
        new("compressed later", "csv", Of(Old, records: 2, loaded: 2), new Delivery(
            PackedFiles.Gzip(System.Text.Encoding.UTF8.GetBytes(Old)), Records: null, Loaded: 0, [], Refusal: null) { IsKnown = true }),
        new("delivered twice with a bad row", "csv", Of("id,name\n1,Ann\nx,Bob\n", records: 2, loaded: 1, "3: id 'x' is not a number"),
            Known("id,name\n1,Ann\nx,Bob\n")),
    ];
}

using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>Converts the signature of a function to its form in templates, the manifest and the parse cache, and back.</summary>
internal static class FunctionProperties
{
    public static JinjaList Of(IReadOnlyList<FunctionArgument> arguments) => new(arguments.Select(a => (object?)new JinjaDict
    {
        ["name"] = a.Name, ["data_type"] = a.DataType, ["description"] = a.Description, ["default_value"] = a.Default,
    }));

    public static JinjaDict? Of(FunctionReturns? returns) =>
        returns is null ? null : new JinjaDict { ["data_type"] = returns.DataType, ["description"] = returns.Description };

    /// <param name="overloads">The overloads.</param>
    /// <param name="withFile">True to add the path of the file, for the parse cache.</param>
    public static JinjaList Of(IReadOnlyList<FunctionOverload> overloads, bool withFile) => new(overloads.Select(o =>
    {
        var dict = new JinjaDict
        {
            ["defined_in"] = o.DefinedIn, ["arguments"] = Of(o.Arguments), ["returns"] = Of(o.Returns), ["description"] = o.Description,
            ["raw_body"] = o.Source.Text,
        };
        if (withFile)
            dict["file"] = o.Source.Path;
        return (object?)dict;
    }));

    public static IReadOnlyList<FunctionArgument> Arguments(object? kept) =>
    [
        .. ((JinjaList)kept!).Cast<JinjaDict>()
            .Select(a => new FunctionArgument((string)a["name"]!, (string)a["data_type"]!, a["description"] as string, a["default_value"])),
    ];

    public static FunctionReturns? Returns(object? kept) =>
        kept is JinjaDict returns ? new FunctionReturns((string)returns["data_type"]!, returns["description"] as string) : null;

    public static IReadOnlyList<FunctionOverload> Overloads(object kept) =>
    [
        .. ((JinjaList)kept).Cast<JinjaDict>().Select(o => new FunctionOverload(
            (string)o["defined_in"]!, Arguments(o["arguments"]), Returns(o["returns"]), o["description"] as string,
            new SourceText((string)o["file"]!, (string)o["raw_body"]!))),
    ];
}

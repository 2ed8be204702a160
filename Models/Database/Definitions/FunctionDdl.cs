using Models.Contracts;
using Models.Database.Sessions;
using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Database.Definitions;

/// <summary>Functions in SQL. Source: PostgreSQL documentation, CREATE FUNCTION; the order of the parts is dbt's.</summary>
public static class FunctionDdl
{
    /// <summary>Creates a function, or replaces its body.</summary>
    /// <param name="name">The qualified name.</param>
    /// <param name="function">The function, or one of its variants.</param>
    /// <param name="body">Its rendered body.</param>
    public static Statement Create(string name, FunctionNode function, string body)
    {
        var quote = "$$";
        for (var i = 0; body.Contains(quote, StringComparison.Ordinal); i++)
            quote = $"$body{i}$";

        var arguments = string.Join(", ", function.Arguments.Select(Argument));
        var volatility = function.Config.GetString("volatility") switch
        {
            "deterministic" => " immutable",
            "stable" => " stable",
            "non-deterministic" => " volatile",
            _ => "",
        };
        return Statement.Around(
            $"create or replace function {name} ({arguments}) returns {function.Returns.DataType}{volatility} as {quote}\n", body, $"\n{quote} language sql");
    }

    /// <summary>Its description becomes a comment.</summary>
    public static Statement Comment(string name, FunctionNode function) =>
        $"comment on function {name} ({Types(function)}) is {SqlLiteral.Of(function.Description)}";

    public static Statement Grant(string name, FunctionNode function, string privilege, IEnumerable<string> roles) =>
        $"grant {privilege} on function {name} ({Types(function)}) to {string.Join(", ", roles.Select(RelationGrants.Role))}";

    private static string Types(FunctionNode function) => string.Join(", ", function.Arguments.Select(a => a.DataType));

    private static string Argument(FunctionArgument argument) =>
        argument.Default is { } value ? $"{argument.Name} {argument.DataType} default {PythonText.Str(value)}" : $"{argument.Name} {argument.DataType}";
}

using System.Security.Cryptography;
using System.Text;
using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// The checksum of an enforced contract in artifacts and templates, by which <c>state:modified</c> finds changes: of the columns with their types and
/// constraints, and of the model's constraints where its materialization enforces them. It equals dbt's, so that it can be compared with a manifest that
/// dbt wrote, except where a column's type is <c>string</c>: dbt hashes that word, and this hashes its alias <c>text</c>.
/// </summary>
public static class ContractChecksum
{
    /// <summary>The checksum in hexadecimal; null if the model's contract is not enforced.</summary>
    public static string? Of(ModelNode model)
    {
        if (!model.ContractEnforced)
            return null;

        var text = new StringBuilder();
        foreach (var column in model.Columns.OrderBy(c => c.Name, StringComparer.Ordinal))
            text.Append('|').Append(column.Name).Append(column.DataType ?? "None").Append(Shown(column.Constraints, "ColumnLevelConstraint"));
        if (EnforcesConstraints(model.Materialized))
            text.Append(model.Materialized).Append(Shown(model.Constraints, "ModelLevelConstraint"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Whether the relations of a materialization have the constraints that are declared.</summary>
    public static bool EnforcesConstraints(string? materialized) => materialized is "table" or "incremental";

    // Python's form of the constraints
    private static string Shown(IReadOnlyList<ConstraintDefinition> constraints, string type) =>
        $"[{string.Join(", ", constraints.Select(c => Shown(c, type)))}]";

    private static string Shown(ConstraintDefinition constraint, string type)
    {
        var columns = type == "ModelLevelConstraint" ? $", columns={List(constraint.Columns)}" : "";
        return $"{type}(type=<ConstraintType.{constraint.Type}: '{constraint.Type}'>, name={PythonText.Repr(constraint.Name)}, "
            + $"expression={PythonText.Repr(constraint.Expression)}, warn_unenforced=True, warn_unsupported=True, to={PythonText.Repr(constraint.To)}, "
            + $"to_columns={List(constraint.ToColumns)}{columns})";
    }

    private static string List(IReadOnlyList<string> names) => PythonText.Repr(new JinjaList(names));
}

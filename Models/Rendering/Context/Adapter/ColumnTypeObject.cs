using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;
using Models.Rendering.Context.Modules;

namespace Models.Rendering.Context.Adapter;

/// <summary>A column's type in a table, which decides how its values are written as JSON. Source: agate.readthedocs.io/en/latest/api/data_types.html.</summary>
internal sealed class ColumnTypeObject(string name) : IJinjaObject
{
    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute is "jsonify" ? new HostFunction("jsonify(value)", a => ToJson(a[0])) : null;
        return value is not null;
    }

    public override string ToString() => $"<agate.{name}>";

    private static object? ToJson(object? value) => value switch
    {
        null or bool or long or double or System.Numerics.BigInteger => value,
        decimal number => (double)number,
        DateTimeObject time => time.IsoFormat("T"),
        _ => PythonText.Str(value),
    };
}

using System.Collections.Frozen;

namespace Models.Jinja.Rendering;

internal static class NumberMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = Methods.ToTable(new()
    {
        ["is_integer"] = (_, self, _) => PythonNumber.Box(self switch
        {
            double real => Math.Floor(real) == real && !double.IsInfinity(real),
            decimal exact => decimal.Truncate(exact) == exact,
            _ => true,
        }),
        ["bit_length"] = (context, self, _) => PythonNumber.IsInteger(self)
            ? PythonNumber.Box((long)System.Numerics.BigInteger.Abs(PythonNumber.ToBig(self)).GetBitLength())
            : throw context.TypeError("bit_length() is a method of whole numbers"),
    });
}

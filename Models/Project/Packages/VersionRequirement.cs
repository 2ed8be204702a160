using System.Globalization;
using System.Text.RegularExpressions;

namespace Models.Project.Packages;

/// <summary>
/// One condition of <c>require-dbt-version</c>, such as <c>&gt;=1.6.0</c>; without an operator the version must be equal. Source:
/// docs.getdbt.com/reference/project-configs/require-dbt-version. The library Semver does not fit: dbt also accepts Python's prerelease form
/// (1.5.0rc1, without a hyphen), which is not a semantic version.
/// </summary>
internal sealed partial record VersionRequirement(string Operator, VersionNumber Version)
{
    /// <summary>Parses a condition; returns null if it is invalid.</summary>
    public static VersionRequirement? Read(string text)
    {
        if (Condition().Match(text) is not { Success: true } match)
            return null;

        return new VersionRequirement(
            match.Groups["operator"].Value,
            new VersionNumber(Number(match, "major"), Number(match, "minor"), Number(match, "patch"), match.Groups["before"].Value));
    }

    public bool Allows(VersionNumber version)
    {
        var order = version.CompareTo(Version);
        return Operator switch
        {
            ">=" => order >= 0,
            ">" => order > 0,
            "<=" => order <= 0,
            "<" => order < 0,
            _ => order == 0,
        };
    }

    private static int Number(Match match, string part) => int.Parse(match.Groups[part].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\s*(?<operator>>=|>|<=|<|=)?\s*v?(?<major>\d{1,9})\.(?<minor>\d{1,9})\.(?<patch>\d{1,9})" +
        @"(?:-?(?<before>(?:a|b|rc|dev|alpha|beta)[\w.-]*))?(?:\+[\w.-]+)?\s*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();
}

/// <summary>A version; a prerelease (<c>rc1</c>) is less than its release.</summary>
internal readonly record struct VersionNumber(int Major, int Minor, int Patch, string Before = "") : IComparable<VersionNumber>
{
    public int CompareTo(VersionNumber other)
    {
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (numbers != 0 || Before == other.Before)
            return numbers;
        if (Before.Length == 0 || other.Before.Length == 0)
            return Before.Length == 0 ? 1 : -1;

        return string.CompareOrdinal(Before, other.Before);
    }
}

using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>The schema that a target's models are built under: every schema of the warehouse starts with it.</summary>
internal static class TargetSchema
{
    /// <summary>What is published runs in production, whoever publishes it.</summary>
    public static string Of(IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode || builder.Environment.IsProduction() ? "prod" : $"dev_{UserName()}";

    /// <summary>The user's name as an identifier that needs no quotes.</summary>
    private static string UserName() =>
        string.Concat(Environment.UserName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}

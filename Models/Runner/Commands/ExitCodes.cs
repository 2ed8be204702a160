namespace Models.Runner.Commands;

/// <summary>The same exit codes as dbt. Source: dbt's page on exit codes.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The run completed, and a node failed.</summary>
    public const int Failed = 1;

    /// <summary>The run could not start or was cancelled: an invalid flag, a project with errors, no database, or Ctrl-C.</summary>
    public const int Unusable = 2;
}

namespace Models.Runner.Cli;

/// <summary>Exit codes as dbt's. Source: dbt's page on exit codes.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The run was done, and something in it failed.</summary>
    public const int Failed = 1;

    /// <summary>The run could not be done: a wrong flag, a project with errors, no database; or Ctrl-C ended it.</summary>
    public const int Unusable = 2;
}

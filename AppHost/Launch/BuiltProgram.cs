namespace AppHost.Launch;

/// <summary>Runs a project's program as it was built.</summary>
internal static class BuiltProgram
{
    /// <summary>Debug or Release, as this host was built: it stands in bin/{configuration}/{framework}.</summary>
    public static string Configuration => Path.GetFileName(Path.GetDirectoryName(Output))!;

    private static string Output => Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>
    /// Starts the program that the build has made together with this host, which saves the seconds that <c>dotnet run</c> takes to
    /// evaluate the project. An IDE that starts the services itself still does, and so does <c>dotnet watch</c>.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithBuiltProgram(this IResourceBuilder<ProjectResource> project)
    {
        var file = project.Resource.GetProjectMetadata().ProjectPath;
        return Find(file) is { } program && Environment.GetEnvironmentVariable("DOTNET_WATCH") is not ("1" or "true")
            ? project.WithAnnotation(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(file)! })
            : project;
    }

    /// <summary>The program of a project file; null where it is not built.</summary>
    public static string? Find(string projectFile)
    {
        var name = Path.GetFileNameWithoutExtension(projectFile) + (OperatingSystem.IsWindows() ? ".exe" : "");
        var program = Path.Combine(Path.GetDirectoryName(projectFile)!, "bin", Configuration, Path.GetFileName(Output), name);
        return File.Exists(program) ? program : null;
    }
}

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
        var folder = Path.GetDirectoryName(file)!;
        var name = Path.GetFileNameWithoutExtension(file) + (OperatingSystem.IsWindows() ? ".exe" : "");
        var program = Path.Combine(folder, "bin", Configuration, Path.GetFileName(Output), name);
        return File.Exists(program) && Environment.GetEnvironmentVariable("DOTNET_WATCH") is not ("1" or "true")
            ? project.WithAnnotation(new ExecutableAnnotation { Command = program, WorkingDirectory = folder })
            : project;
    }
}

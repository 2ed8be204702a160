using Models.Project.Graph;

namespace Models.Parsing.Properties;

/// <summary>Reads a group from the properties file that declares it.</summary>
internal static class GroupReader
{
    public static GroupDefinition Read(NodeProperties properties)
    {
        var file = properties.File;
        return new GroupDefinition(
            $"group.{file.Package.Name}.{properties.Name}", properties.Name, file.Package.Name, file.Relative,
            file.Dictionary(properties.Yaml["owner"]), file.Description(properties.Yaml["description"]));
    }
}

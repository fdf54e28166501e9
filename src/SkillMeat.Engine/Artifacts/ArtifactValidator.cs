using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>Checks whether files are a valid artifact, before anything is written.</summary>
internal static class ArtifactValidator
{
    /// <summary>Validates files and reads their description.</summary>
    /// <param name="content">The files.</param>
    /// <param name="type">The expected type.</param>
    /// <param name="name">The name for the artifact.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: the files are not a valid artifact; the message says why.</exception>
    public static ValidArtifact Validate(ArtifactContent content, ArtifactType type, string name)
    {
        if ((ArtifactId.DescribeBadName(name) ?? PortableName.DescribeProblem(name)) is { } badName)
        {
            throw Invalid($"'{name}' is not a valid artifact name: it {badName}.");
        }

        if (content.Kind == TreeEntryKind.Link || content.IsFolder != type.IsFolder)
        {
            var kind = content.Kind switch { TreeEntryKind.Folder => "folder", TreeEntryKind.Link => "link", _ => "file" };
            throw Invalid($"'{content.Shown}' is a {kind}, and a {type} is a {(type.IsFolder ? "folder" : "file")}.");
        }

        return type.IsFolder ? ValidateFolder(content, type) : ValidateFile(content, type);
    }

    private static ValidArtifact ValidateFile(ArtifactContent content, ArtifactType type)
    {
        if (content.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            var description = Describe(content, content.Name, content.ReadMarkdown(content.Name));
            return new ValidArtifact(content.Name, description, FindProblems(description, content.Name));
        }

        return type.Container is null
            ? new ValidArtifact(null, ArtifactDescription.Empty, [])
            : throw Invalid($"'{content.Shown}' is not a {type}: its name does not end with .md.");
    }

    private static ValidArtifact ValidateFolder(ArtifactContent content, ArtifactType type)
    {
        var file = content.FindManifest(type)
            ?? throw Invalid($"'{content.Shown}' is not a {type}: it contains no {string.Join(" or ", type.ManifestFiles)}.");
        if (file.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) return ValidateMarkdown(content, type, file);
        var text = content.ReadText(file);
        return Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JSON" => ValidateJson(content, type, file, text),
            _ => ValidateYaml(content, type, file, text),
        };
    }

    private static ValidArtifact ValidateMarkdown(ArtifactContent content, ArtifactType type, string file)
    {
        var description = Describe(content, file, content.ReadMarkdown(file));
        return new ValidArtifact(file, description, [.. FindProblems(description, file), .. type == ArtifactType.Skill ? FindMissing(description, file) : []]);
    }

    /// <summary>Claude Code reads such front matter too, so it is no reason to refuse an artifact.</summary>
    private static List<string> FindProblems(ArtifactDescription description, string file) => [.. description.Problems.Select(problem => problem.Describe(file))];

    private static ValidArtifact ValidateYaml(ArtifactContent content, ArtifactType type, string file, string text)
    {
        var description = Describe(content, file, text);
        return FrontMatterReader.ReadAll(file, text).Count > 0
            ? new ValidArtifact(file, description, [])
            : throw Invalid($"'{content.Shown}' is not a {type}: its {file} has no keys with values.");
    }

    private static ValidArtifact ValidateJson(ArtifactContent content, ArtifactType type, string file, string text)
    {
        if (ArtifactJson.Describe(text, "hooks", out var hasHooks) is { } problem)
        {
            throw Invalid($"'{content.Shown}' is not a {type}: its {file} {problem}.");
        }

        // The configuration of a hook or an MCP server does not describe it.
        return new ValidArtifact(
            file,
            type.NeedsManifestFile ? Describe(content, file, ArtifactJson.ToYaml(text)) : ArtifactDescription.Empty,
            type == ArtifactType.Hook && !hasHooks ? [$"{file} has no \"hooks\" object."] : []);
    }

    private static ArtifactDescription Describe(ArtifactContent content, string file, string text)
    {
        try
        {
            return ArtifactDescription.Read(file, text);
        }
        catch (FrontMatterException e)
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, content.IsFolder ? $"'{file}' of '{content.Shown}': {e.Message}." : $"'{file}': {e.Message}.", e);
        }
    }

    /// <summary>Python SkillMeat asks for both, but reads skills without them.</summary>
    private static List<string> FindMissing(ArtifactDescription description, string file)
    {
        var warnings = new List<string>();
        if (description.Name is null)
        {
            warnings.Add($"{file} has no name in its front matter.");
        }

        if (description.Description is null)
        {
            warnings.Add($"{file} has no description in its front matter.");
        }

        return warnings;
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.ArtifactInvalid, message);
}

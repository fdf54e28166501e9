using System.CommandLine;
using SkillMeat.Editing;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>The options that set details of an artifact.</summary>
internal sealed class DetailOptions
{
    private readonly List<(string Field, Option<string?> Option)> _fields =
        [.. DetailsEdit.Fields.Select(field => (field, new Option<string?>($"--{field}") { Description = $"The new {field}; '' removes it.", HelpName = "TEXT" }))];

    private readonly Option<string[]> _tags = Tags("--tag", "A tag that the artifact is to have, and no others but those of further --tag; '' for none.");
    private readonly Option<string[]> _added = Tags("--add-tag", "A tag to add. May be repeated.");
    private readonly Option<string[]> _removed = Tags("--remove-tag", "A tag to remove. May be repeated.");

    public IEnumerable<Symbol> Symbols => [.. _fields.Select(one => one.Option), _tags, _added, _removed];

    /// <summary>Reads the edit, without the name of an artifact.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: nothing is to be changed.</exception>
    public DetailsEdit Read(ParseResult parsed)
    {
        var tags = parsed.GetValue(_tags) ?? [];
        var edit = new DetailsEdit("")
        {
            Values = _fields.Where(one => parsed.GetResult(one.Option) is not null).ToDictionary(one => one.Field, one => parsed.GetValue(one.Option)),
            Tags = tags.Length == 0 ? null : tags is [""] ? [] : tags,
            AddedTags = parsed.GetValue(_added) ?? [],
            RemovedTags = parsed.GetValue(_removed) ?? [],
        };
        return edit is { Values.Count: 0, Tags: null, AddedTags.Count: 0, RemovedTags.Count: 0 }
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, "Name what to change, such as --description or --add-tag.") : edit;
    }

    private static Option<string[]> Tags(string name, string description) => new(name) { Description = description, HelpName = "TAG", AllowMultipleArgumentsPerToken = false };
}

using Markdig.Syntax;

namespace SkillMeat.HelpBuilder;

/// <summary>Reads the section PARAMETERS.</summary>
internal static class ParameterReader
{
    private const string Common = "CommonParameters";
    private const string AcceptedValues = "Accepted values";
    private const string AllSets = "(All)";

    private static readonly string[] Keys =
    [
        "Type", "Parameter Sets", "Aliases", AcceptedValues, "Required", "Position", "Default value", "Accept pipeline input", "Accept wildcard characters",
    ];

    // These must be the same in all sets of a parameter; the rest may differ.
    private static readonly string[] SameEverywhere = ["Type", "Aliases", AcceptedValues, "Default value", "Accept wildcard characters"];

    public static List<HelpParameter> Read(PageSection section, MarkdownText text, ProblemList problems)
    {
        var (lead, entries) = PageSection.Split(section.Blocks, 3, text);
        if (lead.Count > 0) problems.Add(lead[0].Line + 1, "unexpected content above the first parameter");
        var parameters = new List<HelpParameter>();
        foreach (var entry in entries)
        {
            if (entry.Title == Common) continue;
            if (!entry.Title.StartsWith('-')) problems.Add(entry.Line, $"'{entry.Title}' is not a parameter: '### -Name' or '### {Common}'");
            else if (parameters.Exists(p => $"-{p.Name}".Equals(entry.Title, StringComparison.OrdinalIgnoreCase))) problems.Add(entry.Line, $"the parameter {entry.Title} appears twice");
            else parameters.Add(ReadParameter(entry, text, problems));
        }

        CheckCommon(section, entries, problems);
        return parameters;
    }

    private static void CheckCommon(PageSection section, IReadOnlyList<PageSection> entries, ProblemList problems)
    {
        if (section.Line == 0) return;
        if (entries.FirstOrDefault(entry => entry.Title == Common) is not { } common) problems.Add(section.Line, $"'### {Common}' is missing");
        else if (common != entries[^1]) problems.Add(common.Line, $"'### {Common}' is not the last of the parameters");
        else if (common.Blocks.Count == 0) problems.Add(common.Line, $"'### {Common}' has no text");
    }

    private static HelpParameter ReadParameter(PageSection entry, MarkdownText text, ProblemList problems)
    {
        var above = entry.Blocks.TakeWhile(block => !IsYaml(block)).ToList();
        var below = entry.Blocks.Skip(above.Count).ToList();
        var description = text.Paragraphs(above);
        if (description.Count == 0) problems.Add(entry.Line, $"the parameter {entry.Title} has no description");
        if (below.Count == 0) problems.Add(entry.Line, $"the parameter {entry.Title} has no yaml block");
        if (below.Find(block => !IsYaml(block)) is { } behind) problems.Add(behind.Line + 1, $"unexpected content below the yaml block of {entry.Title}");

        var blocks = below.Where(IsYaml).Select(block => YamlFields.Read((FencedCodeBlock)block, problems)).ToList();
        foreach (var fields in blocks) CheckKeys(fields, problems);
        foreach (var fields in blocks.Skip(1)) CheckSame(fields, blocks[0], entry, problems);
        var uses = blocks.Select(ReadUse).ToList();
        CheckSets(uses, blocks, problems);
        return new HelpParameter
        {
            Name = entry.Title[1..],
            Description = description,
            Type = blocks.FirstOrDefault()?.Text("Type") ?? "",
            Aliases = blocks.FirstOrDefault()?.List("Aliases") ?? [],
            AcceptedValues = blocks.FirstOrDefault()?.List(AcceptedValues) ?? [],
            DefaultValue = blocks.FirstOrDefault()?.Text("Default value") ?? "",
            AcceptsWildcards = blocks.FirstOrDefault()?.Choice("Accept wildcard characters", "True or False", Flag) ?? false,
            Uses = uses,
            Line = entry.Line,
        };
    }

    private static HelpParameterUse ReadUse(YamlFields fields)
    {
        fields.Text("Parameter Sets");
        var sets = fields.List("Parameter Sets");
        var pipeline = fields.Choice("Accept pipeline input", "False, True (ByValue), True (ByPropertyName) or True (ByPropertyName, ByValue)", Pipeline);
        return new HelpParameterUse
        {
            ParameterSets = sets is [AllSets] ? [] : sets,
            IsRequired = fields.Choice("Required", "True or False", Flag) ?? false,
            Position = fields.Choice("Position", "Named or a number", Position) is { } position && position >= 0 ? position : null,
            FromPipeline = pipeline?.ByValue ?? false,
            FromPipelineByPropertyName = pipeline?.ByName ?? false,
        };
    }

    private static void CheckKeys(YamlFields fields, ProblemList problems)
    {
        foreach (var key in fields.Keys.Where(key => !Keys.Contains(key))) problems.Add(fields.LineOf(key), $"there is no '{key}' in a parameter's yaml block");
        fields.Find("Aliases");
    }

    private static void CheckSame(YamlFields fields, YamlFields first, PageSection entry, ProblemList problems)
    {
        foreach (var key in SameEverywhere.Where(key => !fields.List(key).SequenceEqual(first.List(key))))
        {
            problems.Add(fields.LineOf(key), $"'{key}' of {entry.Title} differs from line {first.LineOf(key)}");
        }
    }

    private static void CheckSets(List<HelpParameterUse> uses, List<YamlFields> blocks, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < uses.Count; i++)
        {
            var line = blocks[i].LineOf("Parameter Sets");
            if (uses[i].ParameterSets.Contains(AllSets)) problems.Add(line, $"{AllSets} is listed with other parameter sets");
            if (uses[i].IsInAllSets && uses.Count > 1) problems.Add(line, $"{AllSets}, and another yaml block");
            foreach (var set in uses[i].ParameterSets.Where(set => !seen.Add(set))) problems.Add(line, $"the parameter set '{set}' is named twice");
        }
    }

    private static bool IsYaml(Block block) => block is FencedCodeBlock { Info: { } info } && info.ToUpperInvariant() is "YAML" or "YML";

    private static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        _ => null,
    };

    // -1 for Named, because null stands for an invalid value.
    private static int? Position(string text) =>
        string.Equals(text, "Named", StringComparison.OrdinalIgnoreCase) ? -1 : int.TryParse(text, System.Globalization.NumberStyles.None, null, out var position) ? position : null;

    private static (bool ByValue, bool ByName)? Pipeline(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "FALSE" => (false, false),
        "TRUE(BYVALUE)" => (true, false),
        "TRUE(BYPROPERTYNAME)" => (false, true),
        "TRUE(BYPROPERTYNAME,BYVALUE)" or "TRUE(BYVALUE,BYPROPERTYNAME)" => (true, true),
        _ => null,
    };
}

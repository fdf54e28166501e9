using System.Globalization;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts.Judging;

/// <summary>Finds the problems of the artifacts in a folder. Not thread-safe.</summary>
/// <param name="root">The full path of the folder.</param>
/// <param name="prefix">The beginning of the paths of problems; empty for none.</param>
/// <param name="read">Reads a file; null if it is no regular file.</param>
internal sealed class Judgement(string root, string prefix, Func<string, byte[]?> read)
{
    private const int LongestName = 64;
    private const int LongestDescription = 1024;
    private const int LongestCompatibility = 500;
    private const int MostLines = 500;

    private static readonly HashSet<string> _specified = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

    private readonly List<ArtifactProblem> _problems = [];

    /// <summary>The problems that were found.</summary>
    public IReadOnlyList<ArtifactProblem> Problems => _problems;

    /// <summary>Judges all artifacts among files.</summary>
    /// <param name="files">The paths of all files below the folder, with <c>/</c>.</param>
    public void Run(IReadOnlyList<string> files)
    {
        var skills = files.Where(file => NameOf(file).Equals("SKILL.md", StringComparison.OrdinalIgnoreCase)).ToList();
        var folders = skills.Select(ParentOf).ToList();
        foreach (var skill in skills) JudgeSkill(skill);
        var inSkills = files.Where(file => folders.Exists(folder => folder.Length == 0 || file.StartsWith(folder + "/", StringComparison.Ordinal))).ToHashSet(StringComparer.Ordinal);
        var found = skills.Count;
        foreach (var file in files.Where(file => !inSkills.Contains(file)))
        {
            if (TypeOf(file) is { } type) JudgeMarkdown(file, type);
            else if (NameOf(file) is "hooks.json" or ".mcp.json" or "mcp.json" or "plugin.json" or "marketplace.json") JudgeJson(file);
            else continue;
            found++;
        }

        foreach (var (path, problem) in PortableName.FindProblems(files)) Report(path, null, null, "name-not-portable", ProblemSeverity.Error, $"'{NameOf(path)}' {problem}. Rename it.");
        if (found == 0) Report("", null, null, "no-artifact", ProblemSeverity.Error, "There is no artifact here: no SKILL.md, and no Markdown file in a folder 'commands' or 'agents'.");
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private string FolderNameOf(string path) => ParentOf(path) is { Length: > 0 } parent ? NameOf(parent) : Path.GetFileName(root);

    private ArtifactType? TypeOf(string file)
    {
        if (!file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || NameOf(file).Equals("README.md", StringComparison.OrdinalIgnoreCase)) return null;
        var above = ParentOf(file) is { Length: > 0 } parent ? parent.Split('/').Prepend(Path.GetFileName(root)) : [Path.GetFileName(root)];
        return above.Select(name => name switch { "commands" => ArtifactType.Command, "agents" => ArtifactType.Agent, _ => null }).LastOrDefault(type => type is not null);
    }

    private void JudgeSkill(string file)
    {
        var folder = FolderNameOf(file);
        var id = $"{ArtifactType.Skill}:{folder}";
        if (NameOf(file) != "SKILL.md") Report(file, id, null, "file-name", ProblemSeverity.Error, $"The file must be called SKILL.md and not {NameOf(file)}.");
        if (JudgeFrontMatter(file, id, isRequired: true) is not { } matter) return;
        JudgeName(file, id, matter, folder);
        JudgeDescription(file, id, matter, isRequired: true);
        foreach (var (key, value) in matter.Values) JudgeKey(file, id, matter.LineOf(key), key, value);
        if (matter.Lines > MostLines) Report(file, id, null, "too-long", ProblemSeverity.Warning, $"The file has {matter.Lines} lines. Keep it below {MostLines}, and move details into files of their own.");
        if (matter.IsEmptyBelow) Report(file, id, null, "no-instructions", ProblemSeverity.Warning, "There are no instructions below the front matter.");
    }

    private void JudgeKey(string file, string id, int? line, string key, FrontMatterValue value)
    {
        if (!_specified.Contains(key))
        {
            Report(file, id, line, "key-not-specified", ProblemSeverity.Warning, $"'{key}' is no key of the Agent Skills specification, so other programs ignore it. Put your own keys below 'metadata'.");
        }
        else if (key == "compatibility" && (value.Text is not { } text || text.Length > LongestCompatibility))
        {
            Report(file, id, line, "compatibility-invalid", ProblemSeverity.Error, $"'compatibility' must be a text of at most {LongestCompatibility} characters.");
        }
        else if (key == "metadata" && !HasOnlyTexts(value.Value))
        {
            Report(file, id, line, "metadata-not-texts", ProblemSeverity.Warning, "'metadata' must be a list of keys, each with a text. Put numbers in quotes.");
        }
        else if (key == "allowed-tools" && value.Text is null)
        {
            Report(file, id, line, "allowed-tools-not-text", ProblemSeverity.Warning, "'allowed-tools' must be one text with spaces between the tools.");
        }
    }

    private static bool HasOnlyTexts(TomlValue value) => value.Kind == TomlValueKind.Table && value.AsTable() is var members && members.Keys.All(key => members.Find(key)!.Kind == TomlValueKind.String);

    private void JudgeMarkdown(string file, ArtifactType type)
    {
        var name = type.NameAt(file);
        var id = $"{type}:{name}";
        if (ArtifactId.DescribeBadName(name) is { } bad) Report(file, id, null, "name-invalid", ProblemSeverity.Error, $"The name of the file {bad}.");
        var isAgent = type == ArtifactType.Agent;
        if (JudgeFrontMatter(file, id, isRequired: isAgent) is not { } matter) return;
        if (isAgent) JudgeName(file, id, matter, folder: null);
        JudgeDescription(file, id, matter, isRequired: isAgent);
    }

    private void JudgeJson(string file)
    {
        if (read(file) is not { } bytes) return;
        if (ArtifactJson.Describe(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), "hooks", out var hasHooks) is { } problem) Report(file, null, null, "json-invalid", ProblemSeverity.Error, $"The file {problem}.");
        else if (NameOf(file) == "hooks.json" && !hasHooks) Report(file, $"{ArtifactType.Hook}:{FolderNameOf(ParentOf(file))}", null, "no-hooks", ProblemSeverity.Error, "The file has no \"hooks\" object.");
    }

    private JudgedText? JudgeFrontMatter(string file, string id, bool isRequired)
    {
        if (read(file) is not { } bytes)
        {
            Report(file, id, null, "not-a-file", ProblemSeverity.Error, "It is a link or no regular file. Replace it by a file, because not every system has links.");
            return null;
        }

        var matter = JudgedText.Of(NameOf(file), bytes);
        foreach (var problem in matter.Known.Problems) Report(file, id, problem.Line, problem.Code, ProblemSeverity.Error, $"{char.ToUpperInvariant(problem.Message[0])}{problem.Message[1..]}. {problem.Hint}.");
        if (matter.FirstBadLine is { } line && !matter.Known.Problems.Any(problem => problem.Line == line)) Report(file, id, line, "not-utf8", ProblemSeverity.Error, "There are bytes that are not UTF-8. Save the file as UTF-8.");
        if (matter.HasMark) Report(file, id, 1, "byte-order-mark", ProblemSeverity.Warning, "The file begins with a byte order mark, which some programs do not expect. Save it without.");
        if (isRequired && !matter.HasFrontMatter) Report(file, id, 1, "front-matter-missing", ProblemSeverity.Error, "The file does not begin with front matter: a line '---', the keys 'name' and 'description', and a line '---'.");
        return isRequired && (!matter.HasFrontMatter || matter.Known is { IsIncomplete: true, IsEmpty: true }) ? null : matter;
    }

    private void JudgeName(string file, string id, JudgedText matter, string? folder)
    {
        var line = matter.LineOf("name");
        if (matter.Values.GetValueOrDefault("name") is not { } value)
        {
            if (!matter.Known.IsIncomplete) Report(file, id, line ?? 1, "name-missing", ProblemSeverity.Error, "The front matter has no 'name'.");
            return;
        }

        if (value.Text is not { } name || value.Value.Kind != TomlValueKind.String)
        {
            Report(file, id, line, "name-not-text", ProblemSeverity.Error, "'name' must be a text. Put it in quotes.");
            return;
        }

        name = name.Normalize(NormalizationForm.FormKC);
        if (name.Length > LongestName) Report(file, id, line, "name-too-long", ProblemSeverity.Error, string.Create(CultureInfo.InvariantCulture, $"'name' has {name.Length} characters; {LongestName} are the most."));
        if (name.Any(char.IsUpper)) Report(file, id, line, "name-not-lowercase", ProblemSeverity.Error, $"'name' must be in small letters: '{name.ToLowerInvariant()}'.");
        if (!name.All(letter => char.IsLetterOrDigit(letter) || letter == '-')) Report(file, id, line, "name-characters", ProblemSeverity.Error, "'name' may only hold letters, digits and hyphens.");
        if (name.StartsWith('-') || name.EndsWith('-') || name.Contains("--", StringComparison.Ordinal)) Report(file, id, line, "name-hyphens", ProblemSeverity.Error, "'name' must not begin or end with a hyphen, nor hold two in a row.");
        if (folder is not null && name != folder.Normalize(NormalizationForm.FormKC)) Report(file, id, line, "name-not-folder", ProblemSeverity.Error, $"'name' is '{name}', but the folder is '{folder}'. They must be the same.");
    }

    private void JudgeDescription(string file, string id, JudgedText matter, bool isRequired)
    {
        var line = matter.LineOf("description");
        if (matter.Values.GetValueOrDefault("description") is not { } value)
        {
            var severity = isRequired ? ProblemSeverity.Error : ProblemSeverity.Warning;
            if (!matter.Known.IsIncomplete) Report(file, id, line ?? 1, "description-missing", severity, "The front matter has no 'description', or an empty one. It tells when to use the artifact.");
            return;
        }

        if (value.Text is not { } text || value.Value.Kind != TomlValueKind.String)
        {
            Report(file, id, line, "description-not-text", ProblemSeverity.Error, "'description' must be a text. Put it in quotes.");
            return;
        }

        if (text.Length <= LongestDescription) return;
        Report(file, id, line, "description-too-long", ProblemSeverity.Error, string.Create(CultureInfo.InvariantCulture, $"'description' has {text.Length} characters; {LongestDescription} are the most."));
    }

    private void Report(string path, string? id, int? line, string code, ProblemSeverity severity, string message) =>
        _problems.Add(new ArtifactProblem(prefix.Length == 0 ? path : path.Length == 0 ? prefix : $"{prefix}/{path}", id, line, code, severity, message));
}

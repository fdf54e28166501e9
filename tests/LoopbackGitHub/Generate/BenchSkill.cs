using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A generated skill that resembles real ones: front matter, a reference, a script. The same number gives the same skill.</summary>
internal sealed record BenchSkill(int Number)
{
    private static readonly string[] Verbs = ["extract", "review", "draft", "convert", "plan", "test", "summarize", "deploy", "audit", "refactor"];
    private static readonly string[] Things = ["pdf", "invoices", "release-notes", "sql", "terraform", "meetings", "csv", "react", "api-docs", "logs", "tickets"];
    private static readonly string[] Topics = ["documents", "data", "devops", "writing", "frontend", "security"];

    public string Name => $"{Verbs[Number % Verbs.Length]}-{Things[Number / Verbs.Length % Things.Length]}-{Number.ToString("d4", CultureInfo.InvariantCulture)}";

    public string Path => $"skills/{Name}";

    /// <summary>The files of one revision, by their paths within the skill.</summary>
    public IReadOnlyList<(string Path, byte[] Content, bool Executable)> Files(int revision) =>
    [
        ("SKILL.md", Encoding.UTF8.GetBytes(Manifest(revision)), false),
        ("references/guide.md", Encoding.UTF8.GetBytes(Reference()), false),
        ("scripts/run.py", Encoding.UTF8.GetBytes(Script(revision)), true),
    ];

    /// <summary>The changes that write one revision into a repository.</summary>
    public IEnumerable<GitChange> Changes(int revision) =>
        Files(revision).Select(file => GitChange.Write($"{Path}/{file.Path}", file.Content, file.Executable));

    public string Description(int revision) =>
        $"Use when the user wants to {Verbs[Number % Verbs.Length]} {Things[Number / Verbs.Length % Things.Length].Replace('-', ' ')}"
        + (revision == 0 ? "." : $", also in batches of {revision * 10}.");

    public string Topic => Topics[Number % Topics.Length];

    private string Manifest(int revision) => $"""
        ---
        name: {Name}
        description: {Description(revision)}
        author: Octo Org
        license: MIT
        version: 1.{revision}.0
        allowed-tools: Read, Write, Bash
        tags: [{Topic}, generated]
        ---

        # {Name}

        {Description(revision)}

        ## Steps

        1. Read `references/guide.md`.
        2. Run `scripts/run.py --input FILE`.
        3. Show the result and ask before writing anything.

        """;

    private string Reference()
    {
        var text = new StringBuilder($"# Guide to {Name}\n\n");
        for (var i = 1; i <= 20 + (Number % 40); i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i}. Case {i} of {Things[(Number + i) % Things.Length]}: {Verbs[(Number + i) % Verbs.Length]} it, then compare with case {(Number * i) % 97}.\n");
        }

        return text.ToString();
    }

    private string Script(int revision) => $$"""
        #!/usr/bin/env python3
        import argparse

        VERSION = "1.{{revision}}.0"


        def main() -> None:
            parser = argparse.ArgumentParser(prog="{{Name}}")
            parser.add_argument("--input", required=True)
            print(f"{VERSION}: {parser.parse_args().input}")


        if __name__ == "__main__":
            main()

        """;
}

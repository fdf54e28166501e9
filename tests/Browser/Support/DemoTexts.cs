using SkillMeat.Tests.LoopbackGitHub;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>The artifacts of the <see cref="DemoHome"/>.</summary>
internal static class DemoTexts
{
    private const string Review = """
        Read the change as its next maintainer. Report what matters, in this order:

        1. Wrong results and lost data
        2. Missing tests
        3. Names that mislead

        ## Tone

        - Ask before you assume.
        - Praise what is good.
        """;

    public static DemoSkill[] Skills { get; } =
    [
        new("pdf-forms", "1.4.0", "Fills PDF forms and extracts tables from PDF documents.", ["pdf", "documents"], "Use `scripts/fill.py` for forms.\n\n| task | tool |\n|---|---|\n| fill a form | fill.py |\n| read tables | tables.py |\n"),
        new("spreadsheets", "2.0.1", "Builds and checks spreadsheets with formulas that stay readable.", ["excel", "documents"], "One table for each sheet. Name every input cell."),
        new("slide-decks", "1.1.0", "Turns an outline into slides, one thought for each.", ["documents", "slides"], "Write the headline first."),
        new("release-notes", "1.2.0", "Writes release notes from merged pull requests, for people who use the product.", ["git", "writing"], "Begin with what users notice.\n\n- New\n- Mended\n- Gone\n"),
        new("code-review", "3.0.0", "Reviews a change like a careful colleague.", ["git", "quality"], Review),
        new("commit-messages", "1.0.3", "Writes commit messages that explain the reason.", ["git"], "The subject says what, the body why."),
        new("test-writer", "1.6.0", "Adds the tests that a change deserves, and runs them.", ["quality", "tests"], "See each test fail first."),
        new("sql-explainer", "0.9.0", "Explains query plans, and proposes indexes.", ["sql", "data"], "Ask for the plan before you guess."),
        new("data-cleaning", "1.3.0", "Finds and repairs odd values in tables.", ["data"], "Never overwrite the source."),
        new("api-design", "1.0.0", "Designs HTTP interfaces that can grow.", ["http"], "Begin with the caller's question."),
        new("accessibility-audit", "2.2.0", "Checks pages for people who use a keyboard or a screen reader.", ["quality", "web"], "Start without a mouse."),
        new("incident-report", "1.0.0", "Tells what happened, when, and what will be different.", ["writing"], "No blame."),
    ];

    public static DemoSkill[] NewerSkills { get; } =
    [
        Skills[0] with { Version = "1.5.0", Body = Skills[0].Body + "\n## Signatures\n\nKeep signed fields as they are.\n" },
        Skills[3] with { Version = "1.3.0", Body = Skills[3].Body.Replace("- Gone", "- Deprecated\n- Gone", StringComparison.Ordinal) },
        Skills[4] with { Version = "3.1.0", Body = Review.Replace("2. Missing tests", "2. Missing or weak tests", StringComparison.Ordinal) },
    ];

    public static DemoSkill[] Writing { get; } =
    [
        new("brand-voice", "1.8.0", "Keeps texts in the voice of the house.", ["writing"], "Short sentences. The common word.", "Northwind"),
        new("newsletter", "0.4.0", "Drafts the monthly letter from notes.", ["writing"], "Three topics, one picture.", "Northwind"),
    ];

    /// <summary>The local edit that the newer version of the skill touches in the same line.</summary>
    public static string EditedReview { get; } = (Skills[4] with { Body = Review.Replace("2. Missing tests", "2. Missing tests and missing docs", StringComparison.Ordinal) }).Text();

    public static GitChange[] More { get; } =
    [
        GitChange.Write("skills/pdf-forms/scripts/fill.py", "import sys\n\nprint('filled', sys.argv[1])\n", executable: true),
        GitChange.Write("commands/standup.md", "---\ndescription: Sums up yesterday's commits for the stand-up.\n---\nList what changed, by person.\n"),
        GitChange.Write("commands/triage.md", "---\ndescription: Sorts new issues by urgency.\n---\nRead each new issue.\n"),
        GitChange.Write("agents/reviewer.md", "---\nname: reviewer\ndescription: Reviews changes in the background.\n---\nYou review changes.\n"),
        GitChange.Write("agents/researcher.md", "---\nname: researcher\ndescription: Reads sources and cites them.\n---\nYou read sources.\n"),
    ];

    public static IReadOnlyDictionary<string, string> Market { get; } = new Dictionary<string, string>
    {
        ["office/skills/letters/SKILL.md"] = "---\nname: letters\ndescription: Writes letters that get an answer.\nversion: 2.1.0\n---\n# Letters\n",
        ["office/skills/minutes/SKILL.md"] = "---\nname: minutes\ndescription: Turns notes of a meeting into decisions and tasks.\n---\n# Minutes\n",
        ["office/commands/agenda.md"] = "---\ndescription: Drafts the agenda of the next meeting.\n---\nAsk for the goal.\n",
        ["research/skills/sources/SKILL.md"] = "---\nname: sources\ndescription: Finds sources, and says how far to trust them.\n---\n# Sources\n",
        ["research/agents/summarizer.md"] = "---\nname: summarizer\ndescription: Sums up long papers.\n---\nYou sum up.\n",
    };
}

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A skill as its author writes it.</summary>
internal sealed record DemoSkill(string Name, string Version, string Description, string[] Tags, string Body, string Author = "Ada Lovelace")
{
    public string Text() => $"---\nname: {Name}\ndescription: {Description}\nversion: {Version}\nauthor: {Author}\nlicense: MIT\ntags: [{string.Join(", ", Tags)}]\n---\n# {Title}\n\n{Body}\n";

    private string Title => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('-', ' ');
}

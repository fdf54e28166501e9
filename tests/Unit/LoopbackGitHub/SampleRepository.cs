using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A repository with everything that git can store: branches, tags of tags, links, modes, names beyond ASCII, binary files.</summary>
internal sealed class SampleRepository : IDisposable
{
    public SampleRepository(GitRepositoryOptions? options = null)
    {
        Builder = GitRepositoryBuilder.Create(options);
        First = Builder.Commit(
            "Begin\n\nWith a body.\n",
            GitChange.Write("README.md", "# Sample\n"),
            GitChange.Write("skills/pdf/SKILL.md", "---\nname: pdf\n---\nRead PDFs.\n"),
            GitChange.Write("skills/pdf/run.sh", "#!/bin/sh\n", executable: true),
            GitChange.Write("skills/naïve café/SKILL.md", "---\nname: \"naïve\"\n---\n"),
            GitChange.Write("data.bin", [0, 1, 2, 255, 0]),
            GitChange.Symlink("link", "README.md"));
        Builder.Tag("v1.0.0", First);
        Second = Builder.Commit("Change pdf", GitChange.Write("skills/pdf/SKILL.md", "---\nname: pdf\n---\nReads PDFs well.\n"), GitChange.Delete("data.bin"));
        Annotated = Builder.AnnotatedTag("v2.0.0", "Second\n", Second);
        Nested = Builder.AnnotatedTag("stable", "A tag of a tag\n", Annotated);
        Side = Builder.CommitTo("feature/side", "On the side", [GitChange.Write("side.txt", "x\n"), GitChange.Submodule("vendor", First)]);
        Builder.Branch("dev", First);
    }

    public GitRepositoryBuilder Builder { get; }

    public string First { get; }

    public string Second { get; }

    public string Annotated { get; }

    public string Nested { get; }

    public string Side { get; }

    public static byte[] Large => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0123456789äöü ", 40_000)));

    public void Dispose() => Builder.Dispose();
}

using SkillMeat.Errors;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Upstream;

public sealed class SourceSpecTests
{
    private static readonly string _base = Directory.CreateTempSubdirectory("skm-spec-").FullName;

    [Theory]
    [InlineData("octo/skills", "https://github.com/octo/skills", "", null)]
    [InlineData("octo/skills/skills/pdf@v1.2.0", "https://github.com/octo/skills", "skills/pdf", "v1.2.0")]
    [InlineData("octo/skills/tree/main/skills/pdf", "https://github.com/octo/skills", "skills/pdf", "main")]
    [InlineData("octo/skills/blob/main/commands/a.md", "https://github.com/octo/skills", "commands/a.md", "main")]
    [InlineData("octo/skills/tree/main", "https://github.com/octo/skills", "", "main")]
    [InlineData("octo/skills/tree", "https://github.com/octo/skills", "tree", null)]
    [InlineData("octo/skills/tree/pdf@v1", "https://github.com/octo/skills", "tree/pdf", "v1")]
    [InlineData("octo/skills.git/tree/pdf", "https://github.com/octo/skills", "tree/pdf", null)]
    [InlineData("octo/skills#dev", "https://github.com/octo/skills", "", "dev")]
    [InlineData("octo/skills.git/skills/pdf", "https://github.com/octo/skills", "skills/pdf", null)]
    [InlineData("https://github.com/octo/skills.git/skills/pdf", "https://github.com/octo/skills", "skills/pdf", null)]
    [InlineData("https://github.com/octo/skills", "https://github.com/octo/skills", "", null)]
    [InlineData("https://github.com/octo/skills.git", "https://github.com/octo/skills", "", null)]
    [InlineData("https://www.github.com/octo/skills/tree/main/skills/pdf/", "https://github.com/octo/skills", "skills/pdf", "main")]
    [InlineData("http://github.com/octo/skills/blob/main/commands/a.md", "https://github.com/octo/skills", "commands/a.md", "main")]
    [InlineData("https://github.com/octo/skills/tree/main/skills/c#-dev", "https://github.com/octo/skills", "skills/c#-dev", "main")]
    [InlineData("https://github.com/octo/skills/tree/main/skills/what?", "https://github.com/octo/skills", "skills/what?", "main")]
    [InlineData("https://github.com/octo/skills/tree/main/skills/a%20b", "https://github.com/octo/skills", "skills/a b", "main")]
    [InlineData("https://gitlab.com/group/sub/repo/-/tree/main/skills/pdf", "https://gitlab.com/group/sub/repo", "skills/pdf", "main")]
    [InlineData("https://codeberg.org/o/r/src/branch/main/skills/pdf", "https://codeberg.org/o/r", "skills/pdf", "main")]
    [InlineData("https://git.example.org/r.git/skills/pdf", "https://git.example.org/r", "skills/pdf", null)]
    [InlineData("https://git.example.org/r/-/tree/main/skills/pdf", "https://git.example.org/r", "skills/pdf", "main")]
    [InlineData("https://bitbucket.org/o/r/src/main/skills/pdf", "https://bitbucket.org/o/r", "skills/pdf", "main")]
    public void Addresses_and_short_forms_name_repository_path_and_version(string text, string url, string path, string? version)
    {
        var spec = SourceSpec.Parse(text, Context("https://github.com/"));

        Assert.Equal((url, path, version), (spec.Repository.Url!.AbsoluteUri, spec.Path, spec.Version));
    }

    [Theory]
    [InlineData("octo/skills", "https://github.com/octo/skills.git", "https://github.com/octo/skills")]
    [InlineData("https://github.com/octo/skills.git", "https://github.com/octo/skills.git", "https://github.com/octo/skills")]
    [InlineData("https://gitlab.com/g/sub/r", "https://gitlab.com/g/sub/r.git", "https://gitlab.com/g/sub/r")]
    [InlineData("https://codeberg.org/o/r", "https://codeberg.org/o/r", "https://codeberg.org/o/r")]
    [InlineData("https://codeberg.org/o/r.git", "https://codeberg.org/o/r.git", "https://codeberg.org/o/r.git")]
    [InlineData("https://git.example.org/r.git", "https://git.example.org/r.git", "https://git.example.org/r.git")]
    [InlineData("https://git.example.org/r", "https://git.example.org/r", "https://git.example.org/r")]
    [InlineData("https://git.example.org/a/src/b/r.git", "https://git.example.org/a/src/b/r.git", "https://git.example.org/a/src/b/r.git")]
    [InlineData("https://dev.azure.com/org/my%20project/_git/r", "https://dev.azure.com/org/my%20project/_git/r", "https://dev.azure.com/org/my%20project/_git/r")]
    [InlineData("https://dev.azure.com/org/p/_git/r.git", "https://dev.azure.com/org/p/_git/r", "https://dev.azure.com/org/p/_git/r")]
    [InlineData("git@github.com:octo/skills.git", "ssh://git@github.com/octo/skills.git", "git@github.com:octo/skills.git")]
    [InlineData("git@host:/srv/my repos/r", "ssh://git@host/srv/my%20repos/r", "git@host:/srv/my repos/r")]
    [InlineData("ssh://git:secret@host:2222/o/r.git", "ssh://git@host:2222/o/r.git", "ssh://git@host:2222/o/r.git")]
    public void Git_is_asked_at_its_own_address_and_what_a_manifest_carries_leads_there_again(string text, string git, string address)
    {
        var context = Context("https://github.com/");
        var spec = SourceSpec.Parse(text, context);
        var written = UpstreamAddress.Of(spec with { Path = "skills/tree/pdf" }, "0123456789abcdef0123456789abcdef01234567");
        var read = SourceSpec.Parse(written, context);

        Assert.Equal((git, address), (spec.Repository.GitUrl!.AbsoluteUri, spec.Repository.Address));
        Assert.Equal($"{address}/tree/0123456789abcdef0123456789abcdef01234567/skills/tree/pdf", written);
        Assert.Equal((spec.Repository, git, address, "skills/tree/pdf"), (read.Repository, read.Repository.GitUrl!.AbsoluteUri, read.Repository.Address, read.Path));
    }

    [Theory]
    [InlineData("octo/skills")]
    [InlineData("https://git.example.org/r")]
    [InlineData("https://git.example.org/r.git")]
    [InlineData("https://git.example.org/group/r")]
    [InlineData("git@host:r")]
    [InlineData("ssh://git@host/r.git")]
    public void A_written_source_is_read_as_the_same_one(string repository)
    {
        var context = Context("https://github.com/");
        var address = SourceSpec.Parse(repository, context).Repository;
        foreach (var (path, follows) in new[] { ("skills/tree/pdf", RefSpec.Latest), ("skills/pdf", RefSpec.Parse("v1")), ("tree/pdf", RefSpec.Parse("v1")), ("", RefSpec.Latest) })
        {
            var read = SourceSpec.Parse(SourceSpec.Write(address, path, follows, context.GitHubServer).TrimEnd('/'), context);

            Assert.Equal((address, path, follows), (read.Repository, read.Path, RefSpec.Parse(read.Version)));
        }
    }

    [Theory]
    [InlineData("octo/skills/tree/a/b/c", " tree/a/b/c;a/b/c ;a/b c;a b/c")]
    [InlineData("octo/skills/tree/main", " tree/main;main ")]
    [InlineData("https://github.com/octo/skills/tree/a/b/c", "a/b/c ;a/b c;a b/c")]
    [InlineData("octo/skills/tree/a/b@v1", "v1 tree/a/b")]
    public void A_ref_may_end_anywhere_and_without_a_host_tree_may_be_a_folder(string text, string readings) =>
        Assert.Equal(readings.Split(';'), SourceSpec.ParseAll(text, Context("https://github.com/")).Select(spec => $"{spec.Version} {spec.Path}"));

    [Theory]
    [InlineData("https://git.example.org/o/r/tree/main/a%0Ab")]
    [InlineData("https://github.com/octo/skills/tree/main/a%1Bb")]
    [InlineData("file:///tmp/a%00b")]
    [InlineData("octo/skills/a\nb")]
    [InlineData("./a\0b")]
    public void Control_characters_are_refused_even_if_they_are_escaped(string text)
    {
        var error = Assert.Throws<SkillMeatException>(() => SourceSpec.Parse(text, Context("https://github.com/")));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("control characters", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData("https://codeberg.org/o/r", "https://codeberg.org/o/r.git")]
    [InlineData("git@host:o/r", "git@host:o/r.git")]
    [InlineData("ssh://git@host/o/r", "ssh://git@host/o/r.git")]
    [InlineData("https://GitHub.com/O/r", "o/R")]
    public void The_suffix_does_not_make_another_repository(string one, string other)
    {
        var (left, right) = (SourceSpec.Parse(one, Context("https://github.com/")).Repository, SourceSpec.Parse(other, Context("https://github.com/")).Repository);

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Theory]
    [InlineData("git@host:o/r.git/tree/main/skills/pdf", "git@host:o/r.git")]
    [InlineData("ssh://me@host/o/r.git/tree/main/skills/pdf", "ssh://me@host/o/r.git")]
    [InlineData("ssh://host/r.git/tree/main/skills/pdf", "ssh://host/r.git")]
    public void Addresses_by_ssh_name_repository_path_and_ref(string text, string forGit)
    {
        var spec = SourceSpec.Parse(text, Context("https://github.com/"));

        Assert.True(spec.Repository.IsSsh);
        Assert.Equal((RepositoryKind.Git, forGit, "skills/pdf", "main"), (spec.Repository.Kind, spec.Repository.GitAddress, spec.Path, spec.Version));
    }

    [Fact]
    public void A_short_form_means_the_configured_GitHub_and_github_com_means_itself()
    {
        var context = Context("http://127.0.0.1:8080/");

        Assert.Equal("http://127.0.0.1:8080/octo/skills", SourceSpec.Parse("octo/skills/skills/pdf", context).Repository.Url!.AbsoluteUri);
        Assert.Equal(RepositoryKind.GitHub, SourceSpec.Parse("http://127.0.0.1:8080/octo/skills/tree/main/x", context).Repository.Kind);
        Assert.Equal("https://github.com/octo/skills", SourceSpec.Parse("https://github.com/octo/skills", context).Repository.Url!.AbsoluteUri);
        Assert.Equal(RepositoryKind.Git, SourceSpec.Parse("http://127.0.0.1:9090/octo/skills", context).Repository.Kind);
    }

    [Fact]
    public void The_followed_version_tells_where_a_ref_with_slashes_ends() =>
        Assert.Equal("skills/pdf", SourceSpec.Parse("https://github.com/o/r/tree/feature/x/skills/pdf", Context("https://github.com/"), "feature/x").Path);

    [Theory]
    [InlineData("/srv/up/skills/pdf", "/srv/up", "skills/pdf")]
    [InlineData("./up/commands/a.md", "{base}/up", "commands/a.md")]
    [InlineData("~/mine", "/home/me/mine", "")]
    [InlineData("/srv/up/commands/git/clean.md", "/srv/up", "commands/git/clean.md")]
    [InlineData("/srv/up/skills/git/clean.md", "/srv/up/skills/git", "clean.md")]
    [InlineData("file:///srv/up/agents/a.md", "/srv/up", "agents/a.md")]
    [InlineData("existing/skills/pdf", "{base}/existing", "skills/pdf")]
    public void Folders_are_laid_out_like_repositories(string text, string folder, string path)
    {
        Directory.CreateDirectory(Path.Combine(_base, "existing", "skills", "pdf"));

        var spec = SourceSpec.Parse(text, Context("https://github.com/"));

        Assert.Equal((folder.Replace("{base}", _base, StringComparison.Ordinal), path), (spec.Repository.Folder, spec.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pdf")]
    [InlineData("octo/skills@")]
    [InlineData("octo/skills/../../x")]
    [InlineData("git@-oProxyCommand=x:octo/skills.git")]
    [InlineData("-x@host:octo/skills.git")]
    [InlineData("git@host:")]
    [InlineData("ftp://host/x")]
    [InlineData("https://github.com/octo")]
    [InlineData("https://github.com/octo/skills/issues/1")]
    [InlineData("./a\u0000b")]
    public void A_text_that_is_no_source_is_refused(string text) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => SourceSpec.Parse(text, Context("https://github.com/"))).ErrorId);

    [Fact]
    public void A_password_in_an_address_is_not_shown()
    {
        var error = Assert.Throws<SkillMeatException>(() => SourceSpec.Parse("https://me:ghp_secret@github.com/octo", Context("https://github.com/")));

        Assert.DoesNotContain("ghp_secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_in_a_manifest_without_a_host_has_no_ref_in_its_path()
    {
        var spec = SourceSpec.ParseRecorded("octo/skills/tree/main", Context("https://github.com/"), followed: null);

        Assert.Equal(("tree/main", null), (spec.Path, spec.Version));
        Assert.Equal(("skills/pdf", "main"), SourceSpec.ParseRecorded("https://github.com/octo/skills/tree/main/skills/pdf", Context("https://github.com/"), "main") is var url ? (url.Path, url.Version) : default);
    }

    private static SourceContext Context(string server) => new(new Uri(server), _base, "/home/me");
}

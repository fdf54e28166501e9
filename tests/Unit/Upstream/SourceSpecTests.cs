using SkillMeat.Errors;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Upstream;

public sealed class SourceSpecTests
{
    private static readonly string _base = Directory.CreateTempSubdirectory("skm-spec-").FullName;

    [Theory]
    [InlineData("octo/skills", "https://github.com/octo/skills", "", null)]
    [InlineData("octo/skills/skills/pdf@v1.2.0", "https://github.com/octo/skills", "skills/pdf", "v1.2.0")]
    [InlineData("https://github.com/octo/skills", "https://github.com/octo/skills", "", null)]
    [InlineData("https://github.com/octo/skills.git", "https://github.com/octo/skills", "", null)]
    [InlineData("https://www.github.com/octo/skills/tree/main/skills/pdf/", "https://github.com/octo/skills", "skills/pdf", "main")]
    [InlineData("http://github.com/octo/skills/blob/main/commands/a.md", "https://github.com/octo/skills", "commands/a.md", "main")]
    [InlineData("https://github.com/octo/skills/tree/main/skills/c#-dev", "https://github.com/octo/skills", "skills/c#-dev", "main")]
    [InlineData("https://github.com/octo/skills/tree/main/skills/what?", "https://github.com/octo/skills", "skills/what?", "main")]
    [InlineData("https://github.com/octo/skills/tree/main/skills/a%20b", "https://github.com/octo/skills", "skills/a b", "main")]
    [InlineData("https://gitlab.com/group/sub/repo/-/tree/main/skills/pdf", "https://gitlab.com/group/sub/repo", "skills/pdf", "main")]
    [InlineData("https://codeberg.org/o/r/src/branch/main/skills/pdf", "https://codeberg.org/o/r", "skills/pdf", "main")]
    [InlineData("https://bitbucket.org/o/r/src/main/skills/pdf", "https://bitbucket.org/o/r", "skills/pdf", "main")]
    public void Addresses_and_short_forms_name_repository_path_and_version(string text, string url, string path, string? version)
    {
        var spec = SourceSpec.Parse(text, Context("https://github.com/"));

        Assert.Equal((url, path, version), (spec.Repository.Url!.AbsoluteUri, spec.Path, spec.Version));
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
    [InlineData("git@github.com:octo/skills.git")]
    [InlineData("ftp://host/x")]
    [InlineData("https://github.com/octo")]
    [InlineData("https://github.com/octo/skills/issues/1")]
    [InlineData("./a\u0000b")]
    public void What_is_no_source_is_refused(string text) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => SourceSpec.Parse(text, Context("https://github.com/"))).ErrorId);

    [Fact]
    public void A_password_in_an_address_is_not_shown()
    {
        var error = Assert.Throws<SkillMeatException>(() => SourceSpec.Parse("https://me:ghp_secret@github.com/octo", Context("https://github.com/")));

        Assert.DoesNotContain("ghp_secret", error.Message, StringComparison.Ordinal);
    }

    private static SourceContext Context(string server) => new(new Uri(server), _base, "/home/me");
}

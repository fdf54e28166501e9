using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class ArchiveAttributeTests : IAsyncLifetime
{
    private const string Attributes = """
        *.txt text eol=crlf
        *.id ident
        version export-subst
        hidden export-ignore
        secret/ export-ignore
        latin working-tree-encoding=ISO-8859-1 text
        """;

    private readonly GitRepositoryBuilder _builder = GitRepositoryBuilder.Create();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;
    private string _commit = "";

    public async ValueTask InitializeAsync()
    {
        _commit = _builder.Commit(
            "All attributes",
            GitChange.Write(".gitattributes", Attributes + "\n"),
            GitChange.Write("lines.txt", "one\ntwo\n"),
            GitChange.Write("lines.md", "one\r\ntwo\n"),
            GitChange.Write("a.id", "$Id$\n"),
            GitChange.Write("version", "$Format:%H$\n"),
            GitChange.Write("latin", "\u00e4\n"),
            GitChange.Write("hidden", "x\n"),
            GitChange.Write("secret/inside", "x\n"),
            GitChange.Write("skill/.gitattributes", "SKILL.md export-ignore\n"),
            GitChange.Write("skill/SKILL.md", "x\n"),
            GitChange.Write("skill/run.sh", "x\n", executable: true));
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _builder);
        _client = new GitHubClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _builder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archive_obeys_the_attributes_of_its_commit()
    {
        using var answer = await _client.GetAsync($"{_server.ServerUrl}/codeload/octo-org/sample/tar.gz/{_commit}");
        var files = await ReadAsync(answer);

        Assert.Equal([".gitattributes", "a.id", "latin", "lines.md", "lines.txt", "skill/.gitattributes", "skill/run.sh", "version"], files.Keys);
        Assert.Equal("one\r\ntwo\r\n", Encoding.UTF8.GetString(files["lines.txt"]));
        Assert.Equal("one\r\ntwo\n", Encoding.UTF8.GetString(files["lines.md"]));
        Assert.Equal($"$Id: {_builder.Git("rev-parse", _commit + ":a.id")} $\n", Encoding.UTF8.GetString(files["a.id"]));
        Assert.Equal(_commit + "\n", Encoding.UTF8.GetString(files["version"]));
        Assert.Equal<byte>([0xe4, (byte)'\n'], files["latin"]);
    }

    [Fact]
    public async Task A_raw_file_obeys_none()
    {
        foreach (var (path, text) in new[] { ("lines.txt", "one\ntwo\n"), ("version", "$Format:%H$\n"), ("hidden", "x\n"), ("latin", "\u00e4\n"), ("a.id", "$Id$\n") })
        {
            using var answer = await _client.GetAsync($"{_server.ServerUrl}/raw-host/octo-org/sample/{_commit}/{path}");
            Assert.Equal(Encoding.UTF8.GetBytes(text), await answer.Content.ReadAsByteArrayAsync(Cancel));
        }
    }

    private async Task<SortedDictionary<string, byte[]>> ReadAsync(HttpResponseMessage answer)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await using var gzip = new GZipStream(await answer.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile)
            {
                using var content = new MemoryStream();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content, Cancel);
                files[entry.Name[$"sample-{_commit}/".Length..]] = content.ToArray();
            }
        }

        return files;
    }
}

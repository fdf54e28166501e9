using System.Buffers;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The content of every file that stores the refs of a repository: equal content means equal refs.</summary>
/// <remarks>Content and not times, because two changes can fall into one tick of the file system's clock.</remarks>
internal static class RefFingerprint
{
    public static byte[] Of(string gitDirectory)
    {
        while (true)
        {
            try
            {
                return Read(gitDirectory);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(Path.Combine(gitDirectory, "refs")))
            {
                // git removed a ref between the listing and the reading; only the current state counts.
                Thread.Yield();
            }
        }
    }

    private static byte[] Read(string gitDirectory)
    {
        var content = new ArrayBufferWriter<byte>(1024);
        foreach (var name in (string[])["HEAD", "config", "packed-refs"])
        {
            var path = Path.Combine(gitDirectory, name);
            if (File.Exists(path))
            {
                content.Write(File.ReadAllBytes(path));
            }

            content.Write("\0"u8);
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(gitDirectory, "refs"), "*", SearchOption.AllDirectories))
        {
            if (!path.EndsWith(".lock", StringComparison.Ordinal))
            {
                content.Write(Encoding.UTF8.GetBytes(path));
                content.Write(File.ReadAllBytes(path));
            }
        }

        return content.WrittenSpan.ToArray();
    }
}

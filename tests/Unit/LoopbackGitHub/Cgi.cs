using System.Diagnostics;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Runs <c>git http-backend</c> directly, as the reference for the answers of the server.</summary>
internal static class Cgi
{
    public static byte[] Ask(string gitDirectory, string protocol, string service, string method, string query, byte[] body)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["GIT_PROTOCOL"] = protocol;
        start.Environment["PATH_TRANSLATED"] = gitDirectory + "/" + service;
        start.Environment["REQUEST_METHOD"] = method;
        start.Environment["QUERY_STRING"] = query;
        start.Environment["CONTENT_TYPE"] = "application/x-git-upload-pack-request";
        start.Environment["CONTENT_LENGTH"] = $"{body.Length}";
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(body);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        var bytes = output.ToArray();
        return bytes[(bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
    }
}

using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace SkillMeat.Tests.Pages;

/// <summary>A console of a fixed width and culture that records what a user would see in it, and answers prompts as a user would.</summary>
/// <remarks>PowerShell compiles this file (Add-Type), because the module is tested in the PowerShell that is installed.</remarks>
public sealed class PageHost : PSHost
{
    private readonly PageConsole _console;
    private readonly Guid _id = Guid.NewGuid();

    public PageHost(int width, string secret) => _console = new PageConsole(width, secret);

    public override string Name => "PageHost";

    public override Version Version => new(1, 0);

    public override Guid InstanceId => _id;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => _console;

    /// <summary>Returns the text since the last call.</summary>
    public string TakeText() => _console.Take();

    /// <summary>Returns the number of errors since the last call.</summary>
    public int TakeErrors() => _console.TakeErrors();

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => throw new NotSupportedException("An example must not end the session.");

    private sealed class PageConsole : PSHostUserInterface
    {
        private static readonly Regex Colour = new(@"\x1b\[[0-9;]*m", RegexOptions.CultureInvariant);

        private readonly StringBuilder _text = new();
        private readonly PageScreen _screen;
        private readonly string _secret;
        private int _errors;

        public PageConsole(int width, string secret) => (_screen, _secret) = (new PageScreen(width), secret);

        public override PSHostRawUserInterface RawUI => _screen;

        public override bool SupportsVirtualTerminal => false;

        // A console that knows no colours gets them all the same, and leaves them out itself.
        public string Take()
        {
            var text = Colour.Replace(_text.ToString(), "");
            _text.Clear();
            return text;
        }

        public int TakeErrors()
        {
            var errors = _errors;
            _errors = 0;
            return errors;
        }

        public override void Write(string value) => _text.Append(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => _text.Append(value).Append('\n');

        public override void WriteErrorLine(string value)
        {
            _errors++;
            WriteLine(value);
        }

        public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

        public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

        public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new NotSupportedException("An example must not read a line.");

        public override SecureString ReadLineAsSecureString()
        {
            var read = new SecureString();
            foreach (var character in _secret) read.AppendChar(character);
            WriteLine(new string('*', 12));
            return read;
        }

        // 'Read-Host -AsSecureString' asks this way.
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
        {
            var answers = new Dictionary<string, PSObject>();
            foreach (var description in descriptions)
            {
                if (description.ParameterTypeName != nameof(SecureString)) throw new NotSupportedException("An example must not prompt for an argument.");
                Write(description.Name + ": ");
                answers[description.Name] = PSObject.AsPSObject(ReadLineAsSecureString());
            }

            return answers;
        }

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            WriteWrapped("");
            WriteWrapped(caption);
            WriteWrapped(message);
            var line = new StringBuilder();
            var defaultKey = "";
            for (var i = 0; i < choices.Count; i++)
            {
                var label = choices[i].Label;
                var at = label.IndexOf('&', StringComparison.Ordinal);
                var key = at >= 0 ? label.Substring(at + 1, 1).ToUpperInvariant() : label;
                if (i == defaultChoice) defaultKey = key;
                line.Append('[').Append(key).Append("] ").Append(label.Remove(Math.Max(at, 0), at >= 0 ? 1 : 0)).Append("  ");
            }

            line.Append("[?] Help (default is \"").Append(defaultKey).Append("\"):").Append(defaultKey);
            WriteWrapped(line.ToString());
            return defaultChoice;
        }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException("An example must not prompt for a credential.");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            PromptForCredential(caption, message, userName, targetName);

        // As PowerShell's own console does with prompts.
        private void WriteWrapped(string text)
        {
            foreach (var line in text.Split('\n')) WriteWrappedLine(line);
        }

        private void WriteWrappedLine(string text)
        {
            while (text.Length > _screen.BufferSize.Width)
            {
                var end = text.LastIndexOf(' ', _screen.BufferSize.Width);
                if (end <= 0) break;
                WriteLine(text.Substring(0, end));
                text = text.Substring(end + 1);
            }

            WriteLine(text);
        }
    }

    private sealed class PageScreen : PSHostRawUserInterface
    {
        public PageScreen(int width) => BufferSize = WindowSize = new Size(width, 50);

        public override ConsoleColor BackgroundColor { get; set; }

        public override Size BufferSize { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override bool KeyAvailable => false;

        public override Size MaxPhysicalWindowSize => WindowSize;

        public override Size MaxWindowSize => WindowSize;

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get; set; }

        public override string WindowTitle { get; set; } = "";

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("An example must not read a key.");

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();
    }
}

#Requires -Version 7.4
<#
.SYNOPSIS
    Refreshes collections every day, as a scheduled task of Windows or a line of the user's crontab.
.DESCRIPTION
    The task runs Refresh-Collections.Runbook.ps1, which lies beside this script, in a PowerShell without profile that asks nothing.

    In a crontab one line is ours; it ends with the comment '# SkillMeat refresh: ' and the task's name. All others stay as they are, byte for byte. A crontab that can't
    be read is an error, and never taken for an empty one.
.PARAMETER TaskName
    The name of the task. Registering it again replaces it.
.PARAMETER SkillMeatHome
    The home folder.
.PARAMETER Collection
    The collections; wildcards.
.PARAMETER At
    The time of the day, in local time.
.PARAMETER CheckOnly
    Only checks for updates, and changes nothing.
.PARAMETER LogPath
    A file to which everything that the task says is added. Without it cron mails it to the user, and the task scheduler drops it.
.PARAMETER Unregister
    Removes the task.
.PARAMETER Scheduler
    TaskScheduler on Windows, Cron elsewhere.
.OUTPUTS
    What was registered, with its command line.
.EXAMPLE
    ./Register-RefreshTask.ps1 -SkillMeatHome ~/.skillmeat -At 06:30 -LogPath ~/skillmeat.log
.EXAMPLE
    ./Register-RefreshTask.ps1 -SkillMeatHome ~/.skillmeat -CheckOnly -WhatIf
    Says what would be registered.
.EXAMPLE
    ./Register-RefreshTask.ps1 -Unregister
.NOTES
    A task of Windows runs while its user is logged on. Neither has the variables of your terminal: a token for GitHub belongs into the home's config.toml
    (settings.github-token), or comes from 'gh auth token'.
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Register')]
param(
    [ValidatePattern('^\w([\w .-]*\w)?\z')]
    [string] $TaskName = 'daily',

    [Parameter(Mandatory, ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $SkillMeatHome,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string[]] $Collection = '*',

    [Parameter(ParameterSetName = 'Register')]
    [timespan] $At = '06:30',

    [Parameter(ParameterSetName = 'Register')]
    [switch] $CheckOnly,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $LogPath,

    [Parameter(Mandatory, ParameterSetName = 'Unregister')]
    [switch] $Unregister,

    [ValidateSet('TaskScheduler', 'Cron')]
    [string] $Scheduler = $IsWindows ? 'TaskScheduler' : 'Cron'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Each byte is one character of it, so what goes through comes out the same, whatever its encoding was.
$bytes = [System.Text.Encoding]::Latin1

function ConvertTo-Literal {
    param([string] $Text)

    "'{0}'" -f [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text)
}

function ConvertTo-ByteText {
    param([string] $Text)

    $bytes.GetString([System.Text.Encoding]::UTF8.GetBytes($Text))
}

function ConvertTo-ShellWord {
    param([string] $Text)

    "'{0}'" -f $Text.Replace("'", "'\''")
}

function ConvertTo-WindowsArgument {
    param([string] $Text)

    # A backslash counts as one, unless a quote follows.
    '"{0}"' -f ($Text -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1')
}

function Get-PowerShellCommand {
    # As a .NET tool, PowerShell runs in dotnet.
    if ([System.IO.Path]::GetFileNameWithoutExtension([System.Environment]::ProcessPath) -eq 'dotnet') {
        [System.Environment]::ProcessPath
        Join-Path $PSHOME 'pwsh.dll'
    }
    else {
        Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    }
}

function Get-ModulePath {
    # A scheduler's PowerShell looks for modules in fewer places than this one.
    $module = (Get-Module -Name SkillMeat | Select-Object -First 1) ?? (Get-Module -Name SkillMeat -ListAvailable | Select-Object -First 1)
    if (-not $module) {
        throw 'The module SkillMeat is not here. Import it first.'
    }

    # Beside this version a newer one may be put.
    $folder = [System.IO.Path]::GetFileName($module.ModuleBase) -eq $module.Version ? [System.IO.Path]::GetDirectoryName($module.ModuleBase) : $module.ModuleBase
    [System.IO.Path]::GetFileName($folder) -eq 'SkillMeat' ? $folder : [System.IO.Path]::Combine($module.ModuleBase, 'SkillMeat.psd1')
}

function Get-RefreshCommand {
    # One text for -Command: -File passes no lists, loads no module first and, where there is no shell, writes no log.
    $arguments = "-SkillMeatHome $(ConvertTo-Literal -Text $folder) -Collection $(($Collection | ForEach-Object { ConvertTo-Literal -Text $_ }) -join ', ')"
    $script = ConvertTo-Literal -Text ([System.IO.Path]::Combine($PSScriptRoot, 'Refresh-Collections.Runbook.ps1'))
    $command = "Import-Module $(ConvertTo-Literal -Text (Get-ModulePath)); & $script $arguments$($CheckOnly ? ' -CheckOnly' : '')"

    # What ends the script passes by the redirection, so it is caught to be written down as well.
    if ($log) {
        $file = ConvertTo-Literal -Text $log
        $command = "`$PSStyle.OutputRendering = 'PlainText'; try { & { $command } *>> $file } catch { 'ERROR: ' + `$_ >> $file; exit 1 }"
    }

    $command
}

function Invoke-Crontab {
    param([string] $Argument, [string] $Content)

    $start = [System.Diagnostics.ProcessStartInfo]::new('crontab', $Argument)
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardInputEncoding = $start.StandardOutputEncoding = $bytes
    # What it says has to be understood.
    $start.Environment['LC_ALL'] = 'C'
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $said = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEndAsync()
        try {
            $process.StandardInput.Write($Content)
            $process.StandardInput.Close()
        }
        catch [System.IO.IOException] {
            Write-Verbose 'crontab did not read to the end; its exit code says why.'
        }

        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.GetAwaiter().GetResult(); ErrorText = $said.GetAwaiter().GetResult().Trim() }
    }
    finally {
        $process.Dispose()
    }
}

function Get-Crontab {
    $read = Invoke-Crontab -Argument '-l'
    if ($read.ExitCode -eq 0) {
        return $read.Output
    }

    # That a user has none yet is the one failure that is no error. cron says the first, busybox the second.
    if ($read.Output -eq '' -and $read.ErrorText -match '\A(crontab: )?no crontab for \S+\z|\Acrontab: can''t open ''[^/'']+'': No such file or directory\z') {
        return ''
    }

    throw "The crontab can't be read, so it is left as it is. 'crontab -l' ended with exit code $($read.ExitCode): $($read.ErrorText)"
}

function Write-Crontab {
    param([string] $Content)

    $written = Invoke-Crontab -Argument '-' -Content $Content
    if ($written.ExitCode -ne 0) {
        throw "The crontab could not be written, so it is as it was. 'crontab -' ended with exit code $($written.ExitCode): $($written.ErrorText)"
    }
}

function Register-CronTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    if (-not (Get-Command -Name crontab -CommandType Application -ErrorAction Ignore)) {
        throw "There is no 'crontab' on the PATH."
    }

    $mark = ConvertTo-ByteText -Text " # SkillMeat refresh: $TaskName"
    # Each with its line end.
    $lines = @([regex]::Matches((Get-Crontab), '[^\n]*\n|[^\n]+\z') | ForEach-Object { $_.Value })
    $others = @($lines | Where-Object { -not $_.TrimEnd("`r", "`n").EndsWith($mark, [System.StringComparison]::Ordinal) }) -join ''
    if ($Unregister) {
        if ($others.Length -eq ($lines -join '').Length) {
            Write-Warning "The crontab has no line of a task '$TaskName'."
        }
        elseif ($PSCmdlet.ShouldProcess('crontab', "Remove the line of task '$TaskName'")) {
            Write-Crontab -Content $others
        }

        return
    }

    $program = @(Get-PowerShellCommand | ForEach-Object { ConvertTo-ShellWord -Text $_ }) -join ' '
    $command = '{0} -NoProfile -NonInteractive -Command {1}' -f $program, (ConvertTo-ShellWord -Text (Get-RefreshCommand))
    if ($command -match '[\r\n]') {
        throw 'A line of a crontab can hold no line end, and a path or a name here does.'
    }

    # cron takes a plain % for the end of the command.
    $line = "$($At.Minutes) $($At.Hours) * * * $($command.Replace('%', '\%')) # SkillMeat refresh: $TaskName"
    if ($PSCmdlet.ShouldProcess('crontab', "Set the line of task '$TaskName': $line")) {
        $end = $others -and -not $others.EndsWith("`n") ? "`n" : ''
        Write-Crontab -Content "$others$end$(ConvertTo-ByteText -Text $line)`n"
        [pscustomobject]@{ TaskName = $TaskName; Scheduler = $Scheduler; Command = $line }
    }
}

function Register-WindowsTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    # In a folder of their own no task is anybody else's.
    $task = @{ TaskName = $TaskName; TaskPath = '\SkillMeat\' }
    if ($Unregister) {
        if (-not (Get-ScheduledTask @task -ErrorAction Ignore)) {
            Write-Warning "There is no scheduled task '$TaskName' in the folder $($task.TaskPath)."
        }
        elseif ($PSCmdlet.ShouldProcess("$($task.TaskPath)$TaskName", 'Unregister the scheduled task')) {
            Unregister-ScheduledTask @task -Confirm:$false
        }

        return
    }

    $program, $script = @(Get-PowerShellCommand)
    $leading = $script ? "$(ConvertTo-WindowsArgument -Text $script) " : ''
    $arguments = "$leading-NoProfile -NonInteractive -Command $(ConvertTo-WindowsArgument -Text (Get-RefreshCommand))"
    $line = "$(ConvertTo-WindowsArgument -Text $program) $arguments"
    if ($PSCmdlet.ShouldProcess("$($task.TaskPath)$TaskName", "Register the scheduled task, daily at $($At.ToString('hh\:mm')): $line")) {
        $task['Action'] = New-ScheduledTaskAction -Execute $program -Argument $arguments
        $task['Trigger'] = New-ScheduledTaskTrigger -Daily -At ([datetime]::Today + $At)
        # A laptop that slept at that time catches up.
        $task['Settings'] = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew
        $null = Register-ScheduledTask @task -Force
        [pscustomobject]@{ TaskName = $TaskName; Scheduler = $Scheduler; Command = $line }
    }
}

if (-not $Unregister) {
    if ($At -lt [timespan]::Zero -or $At -ge [timespan]::FromDays(1)) {
        throw "-At takes a time of the day, not $At."
    }

    $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SkillMeatHome)
    if (-not (Test-Path -LiteralPath $folder -PathType Container)) {
        throw "There is no home at $folder."
    }

    $log = $LogPath ? $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath) : ''
    if ($log -and -not (Test-Path -LiteralPath ([System.IO.Path]::GetDirectoryName($log)) -PathType Container)) {
        throw "There is no folder for the log $log."
    }
}

if ($Scheduler -eq 'Cron') {
    Register-CronTask
}
else {
    Register-WindowsTask
}

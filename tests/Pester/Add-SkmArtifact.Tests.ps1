#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Add-SkmArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:upstream = Join-Path (Split-Path -Path $sample) 'upstream'
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'adds an artifact, with its files' {
        $added = Add-SkmArtifact -Spec (Join-Path $upstream 'skills/quick-sum')
        $added.ArtifactId | Should -Be 'skill:quick-sum'
        "$($added.Status)" | Should -Be 'Added'
        $added.Collection | Should -Be 'default'
        "$sample/collections/default/$($added.Path)/SKILL.md" | Should -Exist
        (Get-SkmArtifact -Name quick-sum).Description | Should -Be 'Adds up the numbers in a text.'
    }

    It 'takes a folder as relative to the location' {
        Push-Location -LiteralPath $upstream
        try {
            (Add-SkmArtifact ./skills/quick-sum).Name | Should -Be 'quick-sum'
        }
        finally {
            Pop-Location
        }
    }

    It 'takes specs and folders from the pipeline' {
        (Get-ChildItem -LiteralPath (Join-Path $upstream 'skills') -Filter 'quick*' | Add-SkmArtifact).ArtifactId | Should -Be 'skill:quick-sum'
        (Join-Path $upstream 'commands/release-notes.md' | Add-SkmArtifact -Type command).ArtifactId | Should -Be 'command:release-notes'
        @() | Add-SkmArtifact | Should -BeNullOrEmpty
    }

    It 'gives it another name, and puts it into another collection' {
        $null = New-SkmCollection -Name work
        $added = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum') -Name sums -Collection WORK
        $added.Collection, $added.Name | Should -Be 'work', 'sums'
        (Get-SkmArtifact -Collection work).ArtifactId | Should -Be 'skill:sums'
    }

    It 'adds all or none, with an error for each that can not be' {
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        $problems = $warnings = @()
        $added = Join-Path $upstream 'skills/quick-sum' | Add-SkmArtifact -ErrorAction SilentlyContinue -ErrorVariable problems
        $null = Remove-SkmArtifact -Name quick-sum -Force -SkipSnapshot -WarningAction SilentlyContinue
        $added | Should -Not -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        $added = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum'), (Join-Path $upstream 'skills/nothing'), 'x' -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue -WarningVariable warnings
        $added | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'UpstreamNotFound,SkillMeat.Cmdlets.Commands.AddSkmArtifactCommand', 'InvalidArgument,SkillMeat.Cmdlets.Commands.AddSkmArtifactCommand'
        $problems[0].TargetObject.Spec | Should -BeLike '*nothing'
        "$warnings" | Should -BeLike '*all are added, or none*'
        Join-Path $sample 'collections/default/skills/quick-sum' | Should -Not -Exist
        (Get-SkmArtifact).Count | Should -Be 4
        $before | Should -Not -BeNullOrEmpty
    }

    It 'refuses what does not fit together' {
        (Get-Failure { Add-SkmArtifact a/b/c, a/b/d -Name x }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Add-SkmArtifact a/b/c -Type thing }).Exception.Message | Should -BeLike '*not an artifact type*'
        (Get-Failure { Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum') -Collection nosuch }).FullyQualifiedErrorId | Should -BeLike 'CollectionNotFound,*'
    }

    It 'adds nothing and asks nobody with -WhatIf' {
        $before = Get-HomeState -Path $sample
        Add-SkmArtifact octo/skills/skills/pdf -WhatIf | Should -BeNullOrEmpty
        Get-HomeState -Path $sample | Should -Be $before
    }
}
